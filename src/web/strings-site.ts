import type { Translated, TranslatedCount } from './strings.ts';

/** Words of the frame that every page stands in, of errors, datasets and the query page. */
const texts = {
  siteName: { en: 'Isnad', ar: 'إسناد' },
  siteTagline: {
    en: 'Linked data for Qur’anic heritage, with the source of every statement',
    ar: 'بيانات مترابطة لتراث القرآن الكريم، ومع كل قولٍ مصدرُه',
  },
  skipToContent: { en: 'Skip to the content', ar: 'انتقل إلى المحتوى' },
  mainNavigation: { en: 'Main', ar: 'القائمة الرئيسة' },
  home: { en: 'Start page', ar: 'الصفحة الأولى' },
  navVerses: { en: 'Verses', ar: 'الآيات' },
  navDatasets: { en: 'Datasets', ar: 'مجموعات البيانات' },
  navSparql: { en: 'SPARQL', ar: 'استعلام SPARQL' },
  otherLanguage: { en: 'العربية', ar: 'English' },
  footerStatement: {
    en: 'Every statement on these pages comes from a named dataset and stays under its licence.',
    ar: 'كل قول في هذه الصفحات مأخوذ من مجموعة بيانات مسمّاة، ويبقى خاضعًا لرخصتها.',
  },
  footerCommit: { en: 'Data as of commit {commit}', ar: 'البيانات كما في الإيداع {commit}' },
  thisPageAs: { en: 'This page as data', ar: 'هذه الصفحة بياناتٍ' },
  pagerLabel: { en: 'Pages of this list', ar: 'صفحات هذه القائمة' },
  pagerPlace: { en: '{page} of {pageCount}', ar: '{page} من {pageCount}' },
  listSeparator: { en: ', ', ar: '، ' },
  errorHeading: { en: 'Error {status}', ar: 'خطأ {status}' },
  errorWhatToDo: { en: 'What to do', ar: 'ما العمل' },
  errorAllowed: { en: 'Allowed here', ar: 'المسموح به هنا' },
  errorNear: { en: 'Perhaps you are looking for', ar: 'لعلّك تبحث عن' },
  errorPaths: { en: 'What there is', ar: 'المتاح' },
  errorReference: { en: 'Reference of this request', ar: 'رقم هذا الطلب' },
  errorPosition: { en: 'Line {line}, column {column}', ar: 'السطر {line}، العمود {column}' },
  datasets: { en: 'Datasets', ar: 'مجموعات البيانات' },
  datasetsIntro: {
    en: 'What this installation holds, by who said it. Each dataset is a named graph with a licence of its own.',
    ar: 'محتوى هذا الموقع بحسب قائليه. كل مجموعة بيانات رسمٌ بيانيٌّ مسمّى له رخصته.',
  },
  noDatasets: { en: 'No dataset has been loaded yet.', ar: 'لم تُحمَّل أي مجموعة بيانات بعد.' },
  dataset: { en: 'dataset', ar: 'مجموعة بيانات' },
  licence: { en: 'Licence', ar: 'الرخصة' },
  noLicence: { en: 'no licence stated', ar: 'لم تُذكر رخصة' },
  rightsHolder: { en: 'Rights holder', ar: 'صاحب الحقوق' },
  attribution: { en: 'Please cite as', ar: 'يُرجى الإحالة إليه هكذا' },
  statedSource: { en: 'Source', ar: 'المصدر' },
  size: { en: 'Size', ar: 'الحجم' },
  holdings: { en: 'What it describes', ar: 'ما يصفه' },
  recordType: { en: 'Type of record', ar: 'نوع السجل' },
  number: { en: 'Number', ar: 'العدد' },
  sparqlHeading: { en: 'Ask the graph', ar: 'اسأل البيانات' },
  sparqlIntro: {
    en: 'SPARQL 1.1 over all public datasets. GRAPH ?g tells which dataset a statement comes from.',
    ar: 'استعلام SPARQL 1.1 في كل مجموعات البيانات العامة، وتدلّ GRAPH ?g على مصدر كل قول.',
  },
  sparqlQuery: { en: 'Query', ar: 'الاستعلام' },
  sparqlFormat: { en: 'Answer as', ar: 'صيغة الجواب' },
  sparqlTable: { en: 'Table on this page', ar: 'جدول في هذه الصفحة' },
  sparqlRun: { en: 'Run', ar: 'نفّذ' },
  sparqlCancel: { en: 'Stop', ar: 'أوقف' },
  sparqlExamples: { en: 'Examples', ar: 'أمثلة' },
  sparqlAnswer: { en: 'Answer', ar: 'الجواب' },
  sparqlRunning: { en: 'Running…', ar: 'جارٍ التنفيذ…' },
  sparqlStopped: { en: 'Stopped.', ar: 'أُوقف.' },
  sparqlRows: { en: 'Rows: {rows}. Time: {ms} ms.', ar: 'الصفوف: {rows}. الزمن: {ms} م.ث.' },
  sparqlShownRows: {
    en: 'The first {shown} of {rows} rows are shown; download the rest as CSV.',
    ar: 'المعروض أول {shown} من {rows} صفًّا، ويمكن تنزيل الباقي بصيغة CSV.',
  },
  sparqlYes: { en: 'Yes', ar: 'نعم' },
  sparqlNo: { en: 'No', ar: 'لا' },
  sparqlUnreachable: {
    en: 'The service could not be reached.',
    ar: 'تعذّر الوصول إلى الخدمة.',
  },
} as const satisfies Record<string, Translated>;

const counts = {
  statements: {
    en: { one: '# statement', other: '# statements' },
    ar: {
      zero: 'لا أقوال',
      one: 'قول واحد',
      two: 'قولان',
      few: '# أقوال',
      many: '# قولًا',
      other: '# قول',
    },
  },
} as const satisfies Record<string, TranslatedCount>;

export const siteStrings = { texts, counts };
