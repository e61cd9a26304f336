import { pageFindingKinds } from './page-finding-kinds.ts';
import type { FindingKindRow } from './page-finding-kinds.ts';

/** Every kind of finding. `docs/import-tei.md` lists the same table and a test holds them together. */
export const findingKinds = {
  'file-skipped': {
    severity: 'info',
    title: { en: 'File not read', ar: 'ملف لم يُقرأ' },
    done: 'The file was left aside, for the reason given; nothing was taken from it.',
  },
  'record-repeated': {
    severity: 'error',
    title: { en: 'Record delivered twice', ar: 'سجلّ مكرّر في التسليم' },
    done: 'The first file was taken; this one was left out. Remove one of the two.',
  },
  'record-unnamed': {
    severity: 'warning',
    title: { en: 'Record without identifier', ar: 'سجلّ بلا معرّف' },
    done: 'The record is known by its shelfmark or file name; its address changes if that does.',
  },
  'element-unnamed': {
    severity: 'warning',
    title: { en: 'Page without identifier', ar: 'صفحة بلا معرّف' },
    done: 'The page is known by its place in the list; its address changes if the list does.',
  },
  'element-repeated': {
    severity: 'warning',
    title: { en: 'Identifier used twice in a record', ar: 'معرّف مكرّر داخل السجلّ' },
    done: 'Both were kept; the second one is known by the identifier and its number.',
  },
  'element-not-read': {
    severity: 'warning',
    title: { en: 'Element that the mapping does not know', ar: 'عنصر لا يعرفه التحويل' },
    done: 'It was not taken over. Tell the maintainers of the mapping if it should be.',
  },
  'left-out': {
    severity: 'info',
    title: { en: 'Left out by rule', ar: 'متروك عملًا بقاعدة' },
    done: 'Prose, transcriptions and image files are read for checks at most and never republished.',
  },
  'rights-assumed': {
    severity: 'info',
    title: { en: 'Rights taken from the publisher’s name', ar: 'حقوق مأخوذة من اسم الناشر' },
    done: 'The dataset names the publisher of the files as rights holder; say otherwise with the import.',
  },
  'language-not-trusted': {
    severity: 'info',
    title: { en: 'Language mark not taken over', ar: 'وسم لغة لم يُنقل' },
    done: 'No language was copied; a name is tagged only where its letters tell.',
  },
  'styled-text': {
    severity: 'info',
    title: { en: 'Word-processor styling in the text', ar: 'تنسيق معالج نصوص داخل النصّ' },
    done: 'The text is not republished; clean it at the source.',
  },
  'shelfmark-absent': {
    severity: 'info',
    title: { en: 'No shelfmark known', ar: 'لا رقم حفظ معروفًا' },
    done: 'The words are kept as the reason for the missing shelfmark.',
  },
  'holder-unknown': {
    severity: 'warning',
    title: { en: 'Holder not in the list of places', ar: 'جهة حفظ غير واردة في قائمة الأماكن' },
    done: 'The institution was made from the words of the record, without place.',
  },
  'holder-absent': {
    severity: 'warning',
    title: { en: 'No holder stated', ar: 'لم تُذكر جهة الحفظ' },
    done: 'The record has no holder; the reason says that the source names none.',
  },
  'settlement-several': {
    severity: 'info',
    title: { en: 'Settlement that may name several places', ar: 'بلدة قد تشير إلى أماكن عدّة' },
    done: 'Kept as written and not split: "Philadelphia, Pennsylvania" has the same form.',
  },
  'country-code': {
    severity: 'warning',
    title: { en: 'Country that is not a code', ar: 'بلد ليس رمزًا' },
    done: 'Left out; a code has two capital letters (ISO 3166-1).',
  },
  'coordinates-absent': {
    severity: 'info',
    title: { en: 'Institution without coordinates', ar: 'مؤسّسة بلا إحداثيات' },
    done: 'The place has no coordinates and is missing on maps.',
  },
  'coordinates-invalid': {
    severity: 'warning',
    title: { en: 'Coordinates out of range', ar: 'إحداثيات خارج المجال' },
    done: 'No coordinates were taken over. They are read as longitude, then latitude.',
  },
  'geonames-absent': {
    severity: 'info',
    title: { en: 'Institution without GeoNames number', ar: 'مؤسّسة بلا رقم GeoNames' },
    done: 'The place has no link to GeoNames; an empty number is none.',
  },
  'mixed-scripts': {
    severity: 'warning',
    title: {
      en: 'Look-alike letters of two scripts in one word',
      ar: 'حروف متشابهة من خطّين في كلمة',
    },
    done: 'The spelling is kept; only matching treats the letters as the same.',
  },
  'material-absent': {
    severity: 'info',
    title: { en: 'No material stated', ar: 'لم تُذكر المادّة' },
    done: 'The record has no material.',
  },
  'material-unknown': {
    severity: 'warning',
    title: { en: 'Material that the vocabulary lacks', ar: 'مادّة ليست في المفردات' },
    done: 'The words are kept; no concept was assigned.',
  },
  'script-absent': {
    severity: 'info',
    title: { en: 'No script stated', ar: 'لم يُذكر الخطّ' },
    done: 'The record has no script.',
  },
  'script-unknown': {
    severity: 'warning',
    title: { en: 'Script that the vocabulary lacks', ar: 'خطّ ليس في المفردات' },
    done: 'The words are kept in an assertion; no concept was assigned.',
  },
  'extent-absent': {
    severity: 'info',
    title: { en: 'Number of folios not stated', ar: 'لم يُذكر عدد الأوراق' },
    done: 'No number was taken, also not from the numbers of the dimensions that follow.',
  },
  'extent-invalid': {
    severity: 'warning',
    title: { en: 'Number of folios that cannot be', ar: 'عدد أوراق غير معقول' },
    done: 'The words are kept; no number was taken over.',
  },
  'extent-differs': {
    severity: 'warning',
    title: { en: 'Number of folios told differently', ar: 'اختلاف في عدد الأوراق' },
    done: 'Each number is an assertion of its own; none is preferred.',
  },
  'extent-described': {
    severity: 'info',
    title: { en: 'Number of folios only in the description', ar: 'عدد الأوراق في الوصف وحده' },
    done: 'The number is an assertion read from the description.',
  },
  'page-list-differs': {
    severity: 'info',
    title: { en: 'Page list and number of folios differ', ar: 'قائمة الصفحات تخالف عدد الأوراق' },
    done: 'Both were kept. The list shows what was described, not what exists.',
  },
  'dimension-invalid': {
    severity: 'warning',
    title: { en: 'Measure that is not a number of millimetres', ar: 'قياس ليس عددًا بالمليمتر' },
    done: 'Left out.',
  },
  'lines-unknown': {
    severity: 'info',
    title: { en: 'Number of lines unknown', ar: 'عدد الأسطر غير معروف' },
    done: 'A 0 means unknown; no number was taken over.',
  },
  'lines-invalid': {
    severity: 'warning',
    title: { en: 'Number of lines not understood', ar: 'عدد أسطر غير مفهوم' },
    done: 'What could be read was taken over; the rest was left out.',
  },
  'date-absent': {
    severity: 'info',
    title: { en: 'No date stated', ar: 'لم يُذكر تاريخ' },
    done: 'The record is undated, and counted as such.',
  },
  'date-invalid': {
    severity: 'warning',
    title: { en: 'Date that cannot be', ar: 'تاريخ غير ممكن' },
    done: 'No date was taken over.',
  },
  'date-not-understood': {
    severity: 'warning',
    title: { en: 'Date not understood', ar: 'تاريخ غير مفهوم' },
    done: 'The words are kept in an assertion without bounds.',
  },
  'date-contradicted': {
    severity: 'warning',
    title: { en: 'Date field contradicted by the description', ar: 'حقل التاريخ يناقضه الوصف' },
    done: 'Both are assertions; the two have no day in common.',
  },
  'date-differs': {
    severity: 'info',
    title: { en: 'Date told differently in the description', ar: 'تاريخ مختلف في الوصف' },
    done: 'Both are assertions; they overlap, with different bounds.',
  },
  'date-described': {
    severity: 'info',
    title: { en: 'Date only in the description', ar: 'تاريخ في الوصف وحده' },
    done: 'The date is an assertion read from the description.',
  },
  'provenance-several': {
    severity: 'info',
    title: { en: 'Provenance that may name several places', ar: 'مصدر قد يشير إلى أماكن عدّة' },
    done: 'Kept as written, as one place; split it at the source.',
  },
  'reference-unknown': {
    severity: 'warning',
    title: { en: 'Reference to a record that was not delivered', ar: 'إحالة إلى سجلّ لم يُسلَّم' },
    done: 'No link was made.',
  },
  'contributor-unclear': {
    severity: 'warning',
    title: { en: 'Contributor without a known role', ar: 'مساهم بلا دور معروف' },
    done: 'Not taken over: only roles are published that the source names.',
  },
  'image-unaddressed': {
    severity: 'info',
    title: { en: 'Images without address', ar: 'صور بلا عنوان' },
    done: 'They were not counted among the images.',
  },
  ...pageFindingKinds,
  'shape-violation': {
    severity: 'error',
    title: { en: 'Constraint of the shared shapes broken', ar: 'مخالفة لقيد من الأشكال المشتركة' },
    done: 'Nothing is published while this stands, unless it is overridden.',
  },
  'shape-warning': {
    severity: 'warning',
    title: { en: 'Advice of the shared shapes not followed', ar: 'توصية من الأشكال لم تُتّبع' },
    done: 'Published as it is.',
  },
} as const satisfies Record<string, FindingKindRow>;

export type FindingKind = keyof typeof findingKinds;
