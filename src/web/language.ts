/** The languages the pages are written in. */
export const languages = ['en', 'ar'] as const;

export type Language = (typeof languages)[number];

/** Whether `tag` names a language the pages are written in. */
export const isLanguage = (tag: unknown): tag is Language =>
  languages.some((language) => language === tag);

const rightToLeft = /^(?:ar|fa|ota|ur|ps|ckb|he|syr|ug)(?!.*-latn)(?:-|$)/i;

/**
 * The direction in which text with this BCP 47 tag runs. Transliterations (`ar-Latn-…`) run left to
 * right; text without a tag is left to the browser, which looks at its first strong letter.
 */
export const textDirection = (tag: string): 'rtl' | 'ltr' | 'auto' => {
  if (tag === '' || tag === 'und') return 'auto';
  return rightToLeft.test(tag) ? 'rtl' : 'ltr';
};

/** A whole number as readers of the language write it, with its grouping. */
export const formatNumber = (language: Language, value: number): string =>
  numberFormats[language].format(value);

/** The pages use Western digits in both languages, as verse references and shelfmarks do. */
const numberFormats: Readonly<Record<Language, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat('en'),
  ar: new Intl.NumberFormat('ar-u-nu-latn'),
};

/** The forms of a counted noun; Arabic needs more of them than English. `#` stands for the number. */
export interface CountForms {
  readonly zero?: string;
  readonly one: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** A count in words: the form the language's plural rules ask for, with the number set in. */
export const countText = (language: Language, forms: CountForms, count: number): string => {
  const form = forms[pluralRules[language].select(count)] ?? forms.other;
  return form.replaceAll('#', formatNumber(language, count));
};

const pluralRules: Readonly<Record<Language, Intl.PluralRules>> = {
  en: new Intl.PluralRules('en'),
  ar: new Intl.PluralRules('ar'),
};
