import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { HubSpot } from '../../portal/hubspot.ts';
import type { Install, Tokens } from '../../portal/installs.ts';
import { INSTALLER, issueTokens, takeCode } from '../../portal/installs.ts';
import type { Answer, OpenHandler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { oauthError } from './oauth-error.ts';

const Form = z.record(z.string(), z.string());
type Form = z.infer<typeof Form>;

/** POST token: a code or a refresh token for an access token. All of it is in the body, as a form. */
export const getTokens: OpenHandler = (hubspot, { body }) => {
  const form = admitApp(hubspot, body);
  switch (form.grant_type) {
    case 'authorization_code':
      return exchange(hubspot, form);
    case 'refresh_token':
      return refresh(hubspot, form);
    default:
      throw oauthError('BAD_GRANT_TYPE');
  }
};

/** The form of an app that proves itself by its secret. */
export function admitApp({ app }: HubSpot, body: unknown): Form {
  const form = Form.parse(body);
  if (form.client_id !== app.clientId) throw oauthError('BAD_CLIENT_ID');
  if (form.client_secret !== app.clientSecret) throw oauthError('BAD_CLIENT_SECRET');
  return form;
}

/** A code is used up by the first try, whatever becomes of it. */
function exchange(hubspot: HubSpot, form: Form): Answer {
  const consent = takeCode(hubspot, form.code ?? '');
  if (!consent) throw oauthError('BAD_AUTH_CODE');
  if (form.redirect_uri !== consent.redirectUri) throw oauthError('BAD_REDIRECT_URI');
  if (consent.codeChallenge !== undefined && challengeOf(form.code_verifier ?? '') !== consent.codeChallenge)
    throw oauthError('BAD_CODE_VERIFIER');
  const install = { portalId: consent.portalId, scopes: consent.scopes };
  return granted(hubspot, install, issueTokens(hubspot, portalOf(hubspot, install), install));
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

function refresh(hubspot: HubSpot, form: Form): Answer {
  const before = form.refresh_token ?? '';
  const install = hubspot.installs.get(before);
  if (!install) throw oauthError(hubspot.settings.goneInstall);
  return granted(hubspot, install, issueTokens(hubspot, portalOf(hubspot, install), install, before));
}

function portalOf(hubspot: HubSpot, { portalId }: Install) {
  const portal = hubspot.portals.get(portalId);
  if (!portal) throw oauthError('BAD_HUB');
  return portal;
}

const granted = ({ settings }: HubSpot, { portalId, scopes }: Install, { accessToken, refreshToken }: Tokens) =>
  ok({
    token_type: 'bearer',
    token_use: 'access_token',
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_in: settings.accessTokenSeconds,
    hub_id: Number(portalId),
    scopes,
    user_id: INSTALLER,
  });
