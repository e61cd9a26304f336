import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { href, renderPage, type PageContext } from './page.ts';

/** What an error page tells; the members of a problem detail (RFC 9457) it can show. */
export interface ShownProblem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly action: string;
  readonly instance: string;
  readonly position?: { readonly line?: number; readonly column?: number };
  readonly [extension: string]: unknown;
}

/** The page that tells a person what went wrong and what to do. The wording is the catalogue's. */
export const renderErrorPage = (problem: ShownProblem, context: PageContext): string => {
  const { words } = context;
  const { line, column } = problem.position ?? {};
  return renderPage(context, {
    title: words.say('errorHeading', { status: problem.status }),
    main: html`<article class="narrow">
      <p class="eyebrow">${words.say('errorHeading', { status: problem.status })}</p>
      <div lang="en" dir="ltr">
        <h1>${problem.title}</h1>
        <p class="lead">${problem.detail}</p>
      </div>
      ${line !== undefined && html`<p>${words.say('errorPosition', { line, column: column ?? 1 })}</p>`}
      <h2>${words.say('errorWhatToDo')}</h2>
      <p lang="en" dir="ltr">${problem.action}</p>
      ${listOf(words.say('errorAllowed'), problem['allowed'], codeView)}
      ${listOf(words.say('errorNear'), problem['near'], (path) => linkView(context, path))}
      ${listOf(words.say('errorPaths'), problem['paths'], codeView)}
      <p class="quiet">
        ${words.say('errorReference')}: <code dir="ltr">${problem.instance}</code>
      </p>
    </article>`,
  });
};

const codeView = (text: string): VNode => html`<code dir="ltr">${text}</code>`;

const linkView = (context: PageContext, path: string): VNode =>
  path.startsWith('/')
    ? html`<a href=${href(context, path)}><code dir="ltr">${path}</code></a>`
    : codeView(path);

const listOf = (
  heading: string,
  items: unknown,
  view: (item: string) => VNode,
): VNode | undefined => {
  if (!Array.isArray(items) || items.length === 0) return undefined;
  return html`<h2>${heading}</h2>
    <ul class="plain">
      ${items.map((item) => html`<li>${view(String(item))}</li>`)}
    </ul>`;
};
