import type { Translated, TranslatedCount } from './strings.ts';

/** Words of the pages about commits and the history of records. */
const texts = {
  commits: { en: 'Commits', ar: 'الإيداعات' },
  commitsIntro: {
    en: 'Everything that was ever written, newest first. Nothing is overwritten: each state can be read again.',
    ar: 'كل ما كُتب هنا، والأحدث أولًا. لا يُمحى شيء، ويمكن قراءة كل حالة سابقة.',
  },
  history: { en: 'History', ar: 'السجل الزمني' },
  historyIntro: {
    en: 'The commits that touched this record, its parts, or what is claimed of it.',
    ar: 'الإيداعات التي مسّت هذا السجل أو أجزاءه أو ما قيل عنه.',
  },
  historyOfGraph: {
    en: 'The commits that wrote into this dataset.',
    ar: 'الإيداعات التي كتبت في مجموعة البيانات هذه.',
  },
  commitNumber: { en: 'Commit {number}', ar: 'الإيداع {number}' },
  commitColumn: { en: 'Commit', ar: 'الإيداع' },
  recordedAt: { en: 'Recorded', ar: 'وقت التسجيل' },
  actor: { en: 'By', ar: 'بواسطة' },
  activity: { en: 'Activity', ar: 'النوع' },
  commitMessage: { en: 'Message', ar: 'الرسالة' },
  added: { en: 'Added', ar: 'أُضيف' },
  removed: { en: 'Removed', ar: 'حُذف' },
  graph: { en: 'Dataset', ar: 'مجموعة البيانات' },
  defaultGraph: { en: 'default graph', ar: 'الرسم الافتراضي' },
  graphCreated: { en: 'created', ar: 'أُنشئ' },
  graphDropped: { en: 'dropped', ar: 'أُزيل' },
  undoesCommit: { en: 'Takes back', ar: 'يُلغي' },
  withheldQuads: { en: 'Withheld by a redaction', ar: 'محجوب بقرار حجب' },
  whatChanged: { en: 'What changed', ar: 'ما تغيّر' },
  changesFrom: {
    en: 'Changes from commit {from} to commit {to}',
    ar: 'التغييرات من الإيداع {from} إلى الإيداع {to}',
  },
  diffTruncated: {
    en: 'Only the first lines are shown. The RDF Patch below holds all of them.',
    ar: 'المعروض أوائل الأسطر فقط، وتجدها كلها في RDF Patch أدناه.',
  },
  noChanges: { en: 'Nothing changed.', ar: 'لم يتغيّر شيء.' },
  noCommits: { en: 'No commits.', ar: 'لا إيداعات.' },
  olderCommits: { en: 'Older', ar: 'الأقدم' },
  timeline: { en: 'What was added and removed', ar: 'ما أُضيف وما حُذف' },
  timelineAbout: {
    en: 'Each bar is a commit, the oldest first: added upwards, removed downwards. Heights are on a logarithmic scale.',
    ar: 'كل عمود إيداع، والأقدم أولًا: المضاف إلى أعلى والمحذوف إلى أسفل. الارتفاع بمقياس لوغاريتمي.',
  },
} as const satisfies Record<string, Translated>;

const counts = {
  addedStatements: {
    en: { one: '# added', other: '# added' },
    ar: {
      zero: 'لم يُضف شيء',
      one: 'أُضيف قول واحد',
      two: 'أُضيف قولان',
      few: 'أُضيفت # أقوال',
      many: 'أُضيف # قولًا',
      other: 'أُضيف # قول',
    },
  },
  removedStatements: {
    en: { one: '# removed', other: '# removed' },
    ar: {
      zero: 'لم يُحذف شيء',
      one: 'حُذف قول واحد',
      two: 'حُذف قولان',
      few: 'حُذفت # أقوال',
      many: 'حُذف # قولًا',
      other: 'حُذف # قول',
    },
  },
} as const satisfies Record<string, TranslatedCount>;

export const historyStrings = { texts, counts };
