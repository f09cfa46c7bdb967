import type { HubSpot } from '../portal/hubspot.ts';
import { granted } from '../portal/hubspot.ts';
import type { Grant, Portal } from '../portal/portal.ts';
import { HubSpotError } from './errors.ts';

/** Every scope that an operation of this simulator asks for. */
export const ALL_SCOPES = [
  'oauth',
  'conversations.read',
  'conversations.write',
  'conversations.custom_channels.read',
  'conversations.custom_channels.write',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'files',
] as const;
export type Scope = (typeof ALL_SCOPES)[number];

interface Authenticated {
  readonly portal: Portal;
  readonly grant: Grant;
}

/** Whose the bearer token is, valid or not. */
export function bearerOf(hubspot: HubSpot, authorization: string | undefined): Authenticated | undefined {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  return token === undefined ? undefined : granted(hubspot, token);
}

/** What the bearer token grants and where, or 401. */
export function authenticate(hubspot: HubSpot, authorization: string | undefined): Authenticated {
  const bearer = bearerOf(hubspot, authorization);
  if (!bearer)
    throw new HubSpotError(401, {
      message:
        'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
      category: 'INVALID_AUTHENTICATION',
    });
  const { grant } = bearer;
  if (grant.expiresAt <= Date.now())
    throw new HubSpotError(401, {
      message: `The OAuth token used to make this call expired ${Math.round((Date.now() - grant.expiresAt) / 1_000)} second(s) ago.`,
      category: hubspot.settings.expiredTokenCategory,
      context: { expireTime: [new Date(grant.expiresAt).toISOString()] },
    });
  return bearer;
}

/** 403 unless one of `scopes` was granted. */
export function authorize(grant: Grant, scopes: readonly Scope[]): void {
  if (scopes.some((scope) => grant.scopes.includes(scope))) return;
  throw new HubSpotError(403, {
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    category: 'MISSING_SCOPES',
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: [...scopes] },
      },
    ],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
  });
}
