import type { Translated } from './strings.ts';

/** Words of the pages about one record. */
export const recordStrings = {
  yes: { en: 'yes', ar: 'نعم' },
  no: { en: 'no', ar: 'لا' },
  untitled: { en: 'Untitled record', ar: 'سجل بلا عنوان' },
  statements: { en: 'What is stated', ar: 'ما قيل عنه' },
  assertions: { en: 'What is claimed, and by whom', ar: 'الدعاوى وأصحابها' },
  assertionsAbout: {
    en: 'Claims stand side by side. None is preferred over another.',
    ar: 'تُعرض الدعاوى جنبًا إلى جنب، ولا يُرجَّح بعضها على بعض.',
  },
  sources: { en: 'Sources', ar: 'المصادر' },
  sourceMarker: { en: 'Source {number}: {title}', ar: 'المصدر {number}: {title}' },
  derived: { en: 'derived', ar: 'مستنبط' },
  derivedAbout: {
    en: 'Computed by a published rule from the claims below',
    ar: 'محسوب بقاعدة منشورة من الدعاوى أدناه',
  },
  sameObject: { en: 'The same in another record', ar: 'الشيء نفسه في سجل آخر' },
  pagesAndText: { en: 'Pages and their text', ar: 'الصفحات ونصّها' },
  textColumn: { en: 'Text it bears', ar: 'ما تحمله من النص' },
  noTextStated: { en: 'none stated', ar: 'لم يُذكر' },
  notPlaced: { en: 'not placed in the text', ar: 'لم يُحدَّد موضعه' },
  pagesShown: {
    en: 'Pages {first}–{last} of {total}, in the order of the source',
    ar: 'الصفحات {first}–{last} من {total} بترتيب المصدر',
  },
  previousPage: { en: 'Previous', ar: 'السابق' },
  nextPage: { en: 'Next', ar: 'التالي' },
  inbound: { en: 'What refers to it', ar: 'ما يشير إليه' },
  inboundFrom: { en: '{property} of', ar: '«{property}» في' },
  shownOf: { en: '{shown} of {total} shown', ar: 'المعروض {shown} من {total}' },
  seeAll: { en: 'see all', ar: 'اعرض الكل' },
  asWritten: { en: 'as written', ar: 'كما ورد' },
  openBegin: { en: 'not after', ar: 'لا يتجاوز' },
  openEnd: { en: 'not before', ar: 'لا يسبق' },
  undated: { en: 'undated', ar: 'غير مؤرّخ' },
  yearCe: { en: '{year} CE', ar: '{year} م' },
  doubtful: { en: 'doubtful', ar: 'مشكوك فيه' },
  heading: { en: 'heading', ar: 'عنوان السورة' },
} as const satisfies Record<string, Translated>;
