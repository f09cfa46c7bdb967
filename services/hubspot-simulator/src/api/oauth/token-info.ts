import type { HubSpot } from '../../portal/hubspot.ts';
import { granted } from '../../portal/hubspot.ts';
import { INSTALLER } from '../../portal/installs.ts';
import type { OpenHandler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { admitApp } from './token.ts';

/** POST token/introspect. The specification names the token `token`, the guide by what it is. */
export const introspectToken: OpenHandler = (hubspot, { body }) => {
  const token = namedToken(hubspot, body);
  return ok(accessTokenInfo(hubspot, token) ?? refreshTokenInfo(hubspot, token) ?? { active: false });
};

/** POST token/revoke: nothing is said of a token that is unknown, as OAuth has it. */
export const revokeToken: OpenHandler = (hubspot, { body }) => {
  const token = namedToken(hubspot, body);
  granted(hubspot, token)?.portal.grants.delete(token);
  hubspot.installs.delete(token);
  hubspot.changes.emit();
  return { status: 204, body: undefined };
};

function namedToken(hubspot: HubSpot, body: unknown): string {
  const { token, access_token, refresh_token } = admitApp(hubspot, body);
  return token ?? access_token ?? refresh_token ?? '';
}

function accessTokenInfo(hubspot: HubSpot, token: string) {
  const bearer = granted(hubspot, token);
  if (!bearer || bearer.grant.expiresAt <= Date.now()) return undefined;
  const seconds = Math.floor((bearer.grant.expiresAt - Date.now()) / 1_000);
  return {
    ...infoOf(hubspot, { portalId: bearer.portal.id, ...bearer.grant }),
    token,
    token_use: 'access_token',
    expires_in: Number.isFinite(seconds) ? seconds : hubspot.settings.accessTokenSeconds,
    is_private_distribution: true,
  };
}

function refreshTokenInfo(hubspot: HubSpot, token: string) {
  const install = hubspot.installs.get(token);
  if (!install) return undefined;
  return { ...infoOf(hubspot, { appId: hubspot.app.id, ...install }), token, token_use: 'refresh_token' };
}

const infoOf = (
  { app }: HubSpot,
  {
    portalId,
    appId,
    scopes,
  }: { readonly portalId: string; readonly appId: string; readonly scopes: readonly string[] },
) => ({
  active: true,
  token_type: 'bearer',
  hub_id: Number(portalId),
  user_id: INSTALLER,
  app_id: Number(appId),
  client_id: app.clientId,
  user: 'admin@example.com',
  hub_domain: `portal-${portalId}.example.com`,
  scopes,
});
