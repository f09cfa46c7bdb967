import type { Response, Router } from 'express';
import express from 'express';
import type { ConsentRequest } from '../../portal/consent.ts';
import { ConsentError, decide, readConsentRequest } from '../../portal/consent.ts';
import type { HubSpot } from '../../portal/hubspot.ts';

/**
 * Where an app sends its new customer: HubSpot's page that asks which account to install it in. What is chosen travels in a link, so that
 * the policy of the pages, which lets no form be sent, holds here too.
 */
export function consentPage(hubspot: HubSpot): Router {
  const router = express.Router();
  router.get(['/oauth/authorize', '/oauth/:portalId/authorize'], (request, response) => {
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    try {
      const asked = readConsentRequest(hubspot, query);
      const decided = query.get('decision');
      const portal = hubspot.portals.get(query.get('portal') ?? String(request.params.portalId));
      if (portal && decided !== null)
        response.redirect(decide(hubspot, asked, { portal, agreed: decided === 'agree' }));
      else show(response, 200, choices(hubspot, asked, { path: request.path, query, only: request.params.portalId }));
    } catch (error) {
      if (!(error instanceof ConsentError)) throw error;
      show(response, 400, `<h1>The app cannot be installed</h1><p>${escaped(error.message)}</p>`);
    }
  });
  return router;
}

function choices(
  { portals, app }: HubSpot,
  asked: ConsentRequest,
  { path, query, only }: { readonly path: string; readonly query: URLSearchParams; readonly only: unknown },
): string {
  const link = (portal: string, decision: string) => {
    const chosen = new URLSearchParams(query);
    chosen.set('portal', portal);
    chosen.set('decision', decision);
    return escaped(`${path}?${chosen}`);
  };
  const rows = [...portals.values()]
    .filter(({ id }) => only === undefined || id === only)
    .map(({ id, tier }) => {
      const name = `<b>Portal ${escaped(id)}</b> <span class="badge">${tier.toLowerCase()}</span>`;
      const buttons = `<a class="button primary" href="${link(id, 'agree')}">Connect app</a> <a class="button" href="${link(id, 'deny')}">Cancel</a>`;
      return `<li><span>${name}</span><span>${buttons}</span></li>`;
    });
  const scopes = [...asked.scopes, ...asked.optionalScopes].map((scope) => `<li><code>${escaped(scope)}</code></li>`);
  return `<h1>Connect an app</h1>
    <p>App ${escaped(app.id)} asks to be installed, and to be allowed:</p>
    <ul>${scopes.join('')}</ul>
    <ul class="portals">${rows.join('')}</ul>`;
}

function show(response: Response, status: number, body: string): void {
  response.status(status).send(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Connect an app · HubSpot simulator</title>
    <link rel="icon" href="/inbox/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/inbox/colours.css">
    <link rel="stylesheet" href="/inbox/page.css">
    <link rel="stylesheet" href="/inbox/controls.css">
    <link rel="stylesheet" href="/inbox/consent.css">
  </head>
  <body class="consent"><main class="consent-card">${body}</main></body>
</html>`);
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
