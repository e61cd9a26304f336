import type { Translated, TranslatedCount } from './strings.ts';

/** Words of the pages about sūras, verses and their witnesses. */
const texts = {
  quranHeading: { en: 'The sūras and their witnesses', ar: 'السور وشواهدها' },
  quranIntro: {
    en: 'The 114 sūras in the Kufan count of verses. The figure beside each is the number of manuscripts here with at least one verse of it. No Qur’an text is hosted.',
    ar: 'السور المئة والأربع عشرة بالعدّ الكوفي للآيات. والعدد بجانب كل سورة هو عدد المخطوطات التي فيها آية منها على الأقل. ولا يُعرض هنا نص القرآن.',
  },
  suraColumn: { en: 'Sūra', ar: 'السورة' },
  versesColumn: { en: 'Verses', ar: 'الآيات' },
  witnessesColumn: { en: 'Manuscripts', ar: 'المخطوطات' },
  suraHeading: { en: 'Sūra {number}', ar: 'السورة {number}' },
  witnessesHeading: { en: 'Witnesses of {range}', ar: 'شواهد {range}' },
  witnessesTitle: { en: 'Witnesses of', ar: 'شواهد' },
  stripHeading: { en: 'Manuscripts for each verse', ar: 'عدد المخطوطات لكل آية' },
  stripAbout: {
    en: 'One bar a verse, the taller the more manuscripts; the fullest verse has {most}.',
    ar: 'لكل آية عمود، وكلما ارتفع زاد عدد المخطوطات، وأكثر آية لها {most}.',
  },
  kufanCount: { en: 'Kufan count', ar: 'العدّ الكوفي' },
  previousVerse: { en: 'Verse before', ar: 'الآية السابقة' },
  nextVerse: { en: 'Verse after', ar: 'الآية التالية' },
  onPages: { en: 'On its pages', ar: 'على صفحاتها' },
  byStatement: {
    en: 'By a statement about the whole manuscript',
    ar: 'بحسب قول عن المخطوطة كلها',
  },
  byStatementAbout: {
    en: 'A source says the manuscript covers this text without naming the page.',
    ar: 'ذكر المصدر أن المخطوطة تشمل هذا النص دون أن يعيّن الصفحة.',
  },
  ofTheWhole: { en: 'as a whole', ar: 'المخطوطة كلها' },
  date: { en: 'Date', ar: 'التاريخ' },
  script: { en: 'Script', ar: 'الخط' },
  pages: { en: 'Pages', ar: 'الصفحات' },
  source: { en: 'Source', ar: 'المصدر' },
  filter: { en: 'Narrow the list', ar: 'ضيّق القائمة' },
  filterHolder: { en: 'Holder', ar: 'جهة الحفظ' },
  filterScript: { en: 'Script', ar: 'الخط' },
  filterAny: { en: 'any', ar: 'الكل' },
  filterAsUsual: { en: 'as usual', ar: 'كالمعتاد' },
  filterBefore: { en: 'Before (year CE)', ar: 'قبل (سنة ميلادية)' },
  filterAfter: { en: 'After (year CE)', ar: 'بعد (سنة ميلادية)' },
  filterDating: { en: 'Dating', ar: 'التأريخ' },
  filterPossible: { en: 'possibly in this time', ar: 'محتمل في هذا الزمن' },
  filterCertain: { en: 'certainly in this time', ar: 'مقطوع به في هذا الزمن' },
  filterEvidence: { en: 'Evidence', ar: 'الدليل' },
  filterPage: { en: 'pages only', ar: 'الصفحات فقط' },
  filterRecord: { en: 'statements about the whole only', ar: 'الأقوال عن المخطوطة كلها فقط' },
  filterUndated: { en: 'Undated manuscripts', ar: 'المخطوطات غير المؤرخة' },
  filterInclude: { en: 'include', ar: 'تُعرض' },
  filterExclude: { en: 'leave out', ar: 'تُستبعد' },
  filterApply: { en: 'Apply', ar: 'طبّق' },
  filterClear: { en: 'Clear', ar: 'أزل القيود' },
  noWitness: {
    en: 'No manuscript here is recorded as bearing this text.',
    ar: 'لم تُسجَّل هنا مخطوطة تحمل هذا النص.',
  },
  noWitnessFiltered: {
    en: 'No manuscript meets these conditions.',
    ar: 'لا توجد مخطوطة تستوفي هذه الشروط.',
  },
  undatedLeftOut: {
    en: 'Left out because no date is stated: {count}.',
    ar: 'استُبعد لعدم ذكر تاريخ: {count}.',
  },
  includeThem: { en: 'Include them', ar: 'أظهرها' },
  doubtfulLeftOut: {
    en: 'Left out because the source’s page key is doubtful: {count}.',
    ar: 'استُبعد لأن مفتاح الصفحة في المصدر مشكوك فيه: {count}.',
  },
  asSparql: {
    en: 'The question in SPARQL, without filters',
    ar: 'السؤال بلغة SPARQL من غير تصفية',
  },
  asSparqlAbout: {
    en: 'This query finds the passages behind the list above, before objects with several records are counted once and before holder, script and date narrow it.',
    ar: 'يجد هذا الاستعلام المواضع التي بُنيت عليها القائمة، قبل عدّ الأثر ذي السجلات المتعددة مرةً واحدة وقبل التضييق.',
  },
  tryIt: { en: 'Run it', ar: 'نفّذه' },
  sameObjectRecords: { en: 'Records of this object', ar: 'سجلات هذا الأثر' },
} as const satisfies Record<string, Translated>;

const counts = {
  manuscripts: {
    en: { one: '# manuscript', other: '# manuscripts' },
    ar: {
      zero: 'لا مخطوطات',
      one: 'مخطوطة واحدة',
      two: 'مخطوطتان',
      few: '# مخطوطات',
      many: '# مخطوطة',
      other: '# مخطوطة',
    },
  },
  pages: {
    en: { one: '# page', other: '# pages' },
    ar: {
      zero: 'لا صفحات',
      one: 'صفحة واحدة',
      two: 'صفحتان',
      few: '# صفحات',
      many: '# صفحة',
      other: '# صفحة',
    },
  },
  verses: {
    en: { one: '# verse', other: '# verses' },
    ar: { one: 'آية واحدة', two: 'آيتان', few: '# آيات', many: '# آية', other: '# آية' },
  },
} as const satisfies Record<string, TranslatedCount>;

export const verseStrings = { texts, counts };
