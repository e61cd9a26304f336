/** `error`: could not be taken. `warning`: taken with reservation. `info`: worth knowing. */
export type FindingSeverity = 'error' | 'warning' | 'info';

export interface FindingKindRow {
  readonly severity: FindingSeverity;
  readonly title: { readonly en: string; readonly ar: string };
  /** What was done with the value. */
  readonly done: string;
}

/** The kinds of finding on pages and the passages they bear. */
export const pageFindingKinds = {
  'pages-absent': {
    severity: 'info',
    title: { en: 'No page list', ar: 'لا قائمة صفحات' },
    done: 'The record has no pages and bears no passage.',
  },
  'page-label-repeated': {
    severity: 'info',
    title: { en: 'Page label used for several pages', ar: 'رقم صفحة مستعمل لصفحات عدّة' },
    done: 'Each entry is a page of its own, known by its identifier.',
  },
  'page-label-absent': {
    severity: 'info',
    title: { en: 'Page label unknown', ar: 'رقم الصفحة غير معروف' },
    done: 'A 0 is kept as it is; where there is no label, the identifier stands in its place.',
  },
  'key-placeholder': {
    severity: 'info',
    title: { en: 'Placeholder instead of a passage', ar: 'علامة بدل المقطع' },
    done: 'The page is kept, without a passage.',
  },
  'key-absent': {
    severity: 'warning',
    title: { en: 'Page without passage key', ar: 'صفحة بلا مفتاح مقطع' },
    done: 'The page is kept, without a passage.',
  },
  'key-doubtful': {
    severity: 'warning',
    title: { en: 'Doubtful opening 1:1', ar: 'فاتحة مشكوك فيها (1:1)' },
    done: 'The passage is kept and flagged; it counts as a witness only when asked for.',
  },
  'key-coverage': {
    severity: 'warning',
    title: { en: 'More text than a page can bear', ar: 'نصّ أطول ممّا تحمله صفحة' },
    done: 'Kept as a statement about the whole manuscript (evidence: record), not about the page.',
  },
  'key-word-unreadable': {
    severity: 'warning',
    title: { en: 'Word number that does not parse', ar: 'رقم كلمة غير مقروء' },
    done: 'Sūra and verse were taken; the word is unknown.',
  },
  'key-beyond-sura': {
    severity: 'warning',
    title: { en: 'Verse beyond the end of its sūra', ar: 'آية بعد آخر السورة' },
    done: 'The passage is kept with its key and flagged, without verses.',
  },
  'key-no-sura': {
    severity: 'warning',
    title: { en: 'Sūra that does not exist', ar: 'سورة غير موجودة' },
    done: 'The passage is kept with its key and flagged, without verses.',
  },
  'key-order': {
    severity: 'warning',
    title: { en: 'Passage that ends before it starts', ar: 'مقطع ينتهي قبل بدايته' },
    done: 'The passage is kept with its key and flagged, without verses; it may be a misbound leaf.',
  },
  'key-heading-only': {
    severity: 'info',
    title: { en: 'Page with a sūra heading only', ar: 'صفحة لا تحمل إلا عنوان سورة' },
    done: 'The passage is kept and flagged, without verses.',
  },
  'key-padding': {
    severity: 'info',
    title: { en: 'Passage key not written with three digits', ar: 'مفتاح مقطع بغير ثلاث خانات' },
    done: 'The numbers were read; the key is kept as written.',
  },
  'key-unreadable': {
    severity: 'warning',
    title: { en: 'Passage key that does not parse', ar: 'مفتاح مقطع غير مقروء' },
    done: 'The passage is kept with its key, without verses.',
  },
} as const satisfies Record<string, FindingKindRow>;
