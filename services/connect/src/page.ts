import { type Html, html, markupOf } from '@parley/shared/http/html';
import type { Response } from 'express';

export const page = ({
  title,
  tone,
  body,
}: {
  title: string;
  tone: 'good' | 'bad';
  body: Html;
}): Html => html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <meta name="color-scheme" content="light dark">
  <title>${title} · Parley</title>
  <link rel="stylesheet" href="/assets/connect.css">
</head>
<body>
  <main class="card ${tone}">
    <p class="brand">Parley</p>
    <h1>${title}</h1>
    ${body}
  </main>
</body>
</html>
`;

export const installedPage = (portal: string): Html =>
  page({
    title: 'The app is installed',
    tone: 'good',
    body: html`<p>Parley may now speak for HubSpot account ${portal}. Messages that waited go on within a minute.</p>
    <p>You can close this page.</p>`,
  });

export const problemPage = (problem: {
  what: string;
  remedy: string;
  said?: string | undefined;
  /** To HubSpot. */
  wayBack?: URL | undefined;
}): Html =>
  page({
    title: problem.what,
    tone: 'bad',
    body: html`<p>${problem.remedy}</p>
    ${problem.wayBack && html`<p><a href="${problem.wayBack.href}">Back to HubSpot</a></p>`}
    ${problem.said && html`<p class="said">HubSpot said: ${problem.said}</p>`}`,
  });

export function send(response: Response, content: Html): void {
  response.type('html').send(markupOf(content));
}
