import type { Request } from 'express';
import { isLanguage, languages } from '../web/language.ts';
import type { PageContext } from '../web/page.ts';
import { words } from '../web/strings.ts';
import { assetPaths } from './assets.ts';
import type { Services } from './services.ts';

/** What a page must know of its request: its language above all, by `?lang=`, then Accept-Language. */
export const pageContext = (request: Request, { iris, store }: Services): PageContext => {
  const chosen = request.query['lang'];
  const accepted = request.acceptsLanguages([...languages]);
  const language = isLanguage(chosen) ? chosen : isLanguage(accepted) ? accepted : 'en';
  const parameters = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
  parameters.delete('lang');
  return {
    words: words[language],
    iris,
    path: request.path,
    parameters,
    languageChosen: isLanguage(chosen),
    commit: store.head().sequence,
    assets: assetPaths,
  };
};
