import type { Translated, TranslatedCount } from './strings.ts';

/** Words of the pages of the named questions. */
const texts = {
  queries: { en: 'Questions', ar: 'أسئلة' },
  queriesHeading: { en: 'Questions to the graph', ar: 'أسئلة إلى البيانات' },
  queriesIntro: {
    en: 'Questions that researchers, conservators, organisers and students ask, ready to run. Each answer has an address of its own, to cite or to download.',
    ar: 'أسئلة يطرحها الباحثون والمرممون والمنظمون والطلاب، جاهزة للتنفيذ. ولكل جواب عنوان ثابت يُستشهد به أو يُنزَّل منه.',
  },
  queryParameters: { en: 'Ask about', ar: 'اسأل عن' },
  queryAsk: { en: 'Ask', ar: 'اسأل' },
  queryAnswer: { en: 'Answer', ar: 'الجواب' },
  queryNoRows: {
    en: 'Nothing here answers this question.',
    ar: 'ليس هنا ما يجيب عن هذا السؤال.',
  },
  queryShownRows: {
    en: 'The first {shown} of {rows} rows are shown; a download has them all.',
    ar: 'المعروض أول {shown} من {rows} صفًّا، والتنزيل يشملها كلها.',
  },
  queryDownload: { en: 'Download', ar: 'نزّل' },
  querySparql: { en: 'This question in SPARQL', ar: 'هذا السؤال بلغة SPARQL' },
  querySparqlAbout: {
    en: 'The parameters are variables of the query; their values are bound before it runs.',
    ar: 'المعاملات متغيرات في الاستعلام تُربط قيمها قبل تنفيذه.',
  },
  queryOpen: {
    en: 'Open it with these values on the SPARQL page',
    ar: 'افتحه بهذه القيم في صفحة SPARQL',
  },
} as const satisfies Record<string, Translated>;

const counts = {
  rows: {
    en: { one: '# row', other: '# rows' },
    ar: {
      zero: 'لا صفوف',
      one: 'صف واحد',
      two: 'صفّان',
      few: '# صفوف',
      many: '# صفًّا',
      other: '# صف',
    },
  },
} as const satisfies Record<string, TranslatedCount>;

export const queryStrings = { texts, counts };
