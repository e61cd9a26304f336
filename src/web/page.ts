import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Iris } from '../model/iris.ts';
import { textDirection, type Language } from './language.ts';
import type { Words } from './strings.ts';

/** What every page knows of the request it answers. */
export interface PageContext {
  readonly words: Words;
  readonly iris: Iris;
  /** Path of this page, as in `/quran/2:255`. */
  readonly path: string;
  /** Parameters of this page except `lang`. */
  readonly parameters: URLSearchParams;
  /** Whether the reader chose the language by `?lang=`, which links then keep. */
  readonly languageChosen: boolean;
  /** Sequence of the newest commit. */
  readonly commit: number;
  /** Addresses of the style sheet, scripts and icon, which change with their content. */
  readonly assets: Readonly<Record<AssetName, string>>;
}

export type AssetName = 'isnad.css' | 'sparql-editor.js' | 'icon.svg';

export interface PageContent {
  readonly title: string;
  readonly main: VNode;
  /** The same content in other formats: label and path. */
  readonly alternates?: readonly Alternate[];
  readonly scripts?: readonly AssetName[];
}

export interface Alternate {
  readonly name: string;
  readonly mediaType: string;
  readonly path: string;
}

/** A whole HTML document: the frame of the site around a page's content. */
export const renderPage = (context: PageContext, content: PageContent): string => {
  const { words, assets } = context;
  const page = html`<html lang=${words.language} dir=${textDirection(words.language)}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${content.title} · ${words.say('siteName')}</title>
      <link rel="stylesheet" href=${assets['isnad.css']} />
      <link rel="icon" type="image/svg+xml" href=${assets['icon.svg']} />
      ${content.alternates?.map(
        ({ mediaType, path }) => html`<link rel="alternate" type=${mediaType} href=${path} />`,
      )}
      ${content.scripts?.map((name) => html`<script src=${assets[name]} defer></script>`)}
    </head>
    <body>
      <a class="skip" href="#content">${words.say('skipToContent')}</a>
      ${siteHeader(context)}
      <main id="content">${content.main}</main>
      ${siteFooter(context, content)}
    </body>
  </html>`;
  return `<!doctype html>\n${renderToString(page)}\n`;
};

const siteHeader = (context: PageContext): VNode => {
  const { words } = context;
  const other: Language = words.language === 'en' ? 'ar' : 'en';
  return html`<header class="site">
    <a class="brand" href=${href(context, '/')} aria-label=${words.say('home')}>
      <span lang="en" dir="ltr">Isnad</span> <span lang="ar" dir="rtl">إسناد</span>
    </a>
    <nav aria-label=${words.say('mainNavigation')}>
      <a href=${href(context, '/quran')}>${words.say('navVerses')}</a>
      <a href=${href(context, '/queries')}>${words.say('queries')}</a>
      <a href=${href(context, '/datasets')}>${words.say('navDatasets')}</a>
      <a href=${href(context, '/sparql')}>${words.say('navSparql')}</a>
      <a class="language" lang=${other} hreflang=${other} href=${inLanguage(context, other)}>
        ${words.say('otherLanguage')}
      </a>
    </nav>
  </header>`;
};

const siteFooter = ({ words, commit }: PageContext, { alternates = [] }: PageContent): VNode =>
  html`<footer class="site">
    ${
      alternates.length > 0 &&
      html`<p>
        ${words.say('thisPageAs')}:
        ${alternates.map(({ name, path }) => html` <a href=${path} dir="ltr">${name}</a>`)}
      </p>`
    }
    <p>${words.say('footerStatement')}</p>
    <p>${words.say('footerCommit', { commit })}</p>
  </footer>`;

/**
 * A link to a path of this service, which keeps the language the reader chose.
 *
 * @param parameters added to the path as its query
 */
export const href = (
  { languageChosen, words }: Pick<PageContext, 'languageChosen' | 'words'>,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): string => {
  const all = new URLSearchParams(parameters);
  if (languageChosen) all.set('lang', words.language);
  return all.size === 0 ? path : `${path}?${all}`;
};

/** This page in another language. */
const inLanguage = ({ path, parameters }: PageContext, language: Language): string => {
  const all = new URLSearchParams(parameters);
  all.set('lang', language);
  return `${path}?${all}`;
};
