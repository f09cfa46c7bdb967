import { type Html, html, markupOf } from '@parley/shared/http/html';
import type { Response } from 'express';

export interface PageContent {
  readonly title: string;
  readonly body: Html;
}

const STYLES = ['colours', 'base', 'frame', 'sign-in', 'overview', 'accounts', 'dead-letters'];

/** The whole document, without the bar of a signed-in operator. */
export const barePage = ({ title, body }: PageContent): Html => html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Parley</title>
  <link rel="icon" type="image/svg+xml" href="/assets/parley.svg">
  ${STYLES.map((name) => html`<link rel="stylesheet" href="/assets/${name}.css">`)}
</head>
<body>
${body}
</body>
</html>
`;

const PLACES = [
  { path: '/', name: 'Overview' },
  { path: '/dead-letters', name: 'Dead letters' },
  { path: '/accounts', name: 'Accounts' },
  { path: '/queues', name: 'Queues' },
] as const;

type Place = (typeof PLACES)[number]['path'];

export const operatorPage = ({ title, body, here, operator }: PageContent & { here?: Place; operator: string }): Html =>
  barePage({
    title,
    body: html`
      <header class="bar">
        <div class="bar-inner">
          <a class="brand" href="/"><img src="/assets/parley.svg" alt="" width="28" height="28">Parley</a>
          <nav class="places" aria-label="Dashboard">
            ${PLACES.map(({ path, name }) =>
              path === here
                ? html`<a href="${path}" aria-current="page">${name}</a>`
                : html`<a href="${path}">${name}</a>`,
            )}
          </nav>
          <form method="post" action="/sign-out" class="who">
            <span class="muted">${operator}</span>
            <button class="quiet">Sign out</button>
          </form>
        </div>
      </header>
      <main class="content">${body}</main>`,
  });

export function send(response: Response, page: Html): void {
  response.type('html').send(markupOf(page));
}
