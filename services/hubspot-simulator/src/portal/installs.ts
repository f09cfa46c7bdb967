import { randomBytes } from 'node:crypto';
import type { HubSpot } from './hubspot.ts';
import type { Portal } from './portal.ts';

/** What somebody agreed to, on its way to the app. */
export interface AuthCode {
  readonly portalId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** S256, when the app proves itself with a verifier. */
  readonly codeChallenge: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What a refresh token stands for. */
export interface Install {
  readonly portalId: string;
  readonly scopes: readonly string[];
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Stands for the person who agreed. */
export const INSTALLER = 222_222;

const random = (prefix: string) => prefix + randomBytes(24).toString('base64url');

/** Remembers a consent under a code, which is good for one exchange and a short time. */
export function issueCode(hubspot: HubSpot, given: Omit<AuthCode, 'expiresAt'>): string {
  const code = random('na1-');
  hubspot.codes.set(code, { ...given, expiresAt: Date.now() + hubspot.settings.authCodeSeconds * 1_000 });
  return code;
}

/** The consent behind a code, which is used up by this. */
export function takeCode(hubspot: HubSpot, code: string): AuthCode | undefined {
  const consent = hubspot.codes.get(code);
  hubspot.codes.delete(code);
  return consent && consent.expiresAt > Date.now() ? consent : undefined;
}

/** Gives an install new tokens. With rotation the refresh token before is worth nothing from now on. */
export function issueTokens(hubspot: HubSpot, portal: Portal, install: Install, before?: string): Tokens {
  const accessToken = random('CN-');
  const refreshToken = before === undefined || hubspot.settings.refreshTokens === 'rotate' ? random('na1-') : before;
  if (before !== undefined) hubspot.installs.delete(before);
  hubspot.installs.set(refreshToken, install);
  portal.grants.set(accessToken, {
    appId: hubspot.app.id,
    scopes: install.scopes,
    expiresAt: Date.now() + hubspot.settings.accessTokenSeconds * 1_000,
  });
  hubspot.changes.emit();
  return { accessToken, refreshToken };
}

/** Takes the app out of an account: all its tokens there are worth nothing. No webhook tells of it. */
export function uninstall(hubspot: HubSpot, portal: Portal): void {
  for (const [token, { appId }] of portal.grants) if (appId === hubspot.app.id) portal.grants.delete(token);
  for (const [token, { portalId }] of hubspot.installs) if (portalId === portal.id) hubspot.installs.delete(token);
  hubspot.changes.emit();
}
