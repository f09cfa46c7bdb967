import type { PortalId } from '@parley/shared/contracts/ids';
import type { Installs } from '@parley/shared/hubspot/oauth/installs';
import { ConsentGone, type Grant, GrantRefused, type TokenEndpoint } from '@parley/shared/hubspot/oauth/token-endpoint';
import type { RateBudget } from '@parley/shared/hubspot/rate-budget';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { Request, RequestHandler, Response } from 'express';
import { CONSENT_SECONDS, type Consents } from './consents.ts';
import { installedPage, problemPage, send } from './page.ts';

/** What Parley does in an account, and no more. Asking for another one makes every account consent anew. */
export const SCOPES: readonly string[] = [
  'oauth',
  'conversations.custom_channels.read',
  'conversations.custom_channels.write',
  'conversations.read',
  'conversations.write',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'files',
];

const COOKIE = 'parley-consent';

export interface InstallParts {
  /** The accounts that may install: a code of any other is refused. */
  readonly portals: readonly PortalId[];
  readonly clientId: string;
  readonly authorizeUrl: string;
  readonly redirectUri: string;
  readonly consents: Consents;
  readonly installs: Pick<Installs, 'keep'>;
  /** The pause of a portal without consent ends with the consent. */
  readonly budget: Pick<RateBudget, 'open'>;
  readonly endpoint: Pick<TokenEndpoint, 'exchangeCode'>;
  readonly telemetry: Pick<Telemetry, 'logger'>;
}

/** `begin` sends the administrator to HubSpot's consent page, `finish` is where HubSpot sends them back to. */
export function createInstall(parts: InstallParts): { begin: RequestHandler; finish: RequestHandler } {
  const cookie = {
    httpOnly: true,
    sameSite: 'lax' as const, // HubSpot's redirect back is a navigation from another site
    secure: parts.redirectUri.startsWith('https:'),
    path: '/oauth',
  };

  return {
    begin(_request, response) {
      const consent = parts.consents.begin();
      response.cookie(COOKIE, consent.cookie, { ...cookie, maxAge: CONSENT_SECONDS * 1_000 });
      const url = new URL(parts.authorizeUrl);
      url.searchParams.set('client_id', parts.clientId);
      url.searchParams.set('redirect_uri', parts.redirectUri);
      url.searchParams.set('state', consent.state);
      // HubSpot splits scopes at %20 and not at the + of form encoding.
      response.redirect(303, `${url.href}&scope=${encodeURIComponent(SCOPES.join(' '))}`);
    },

    async finish(request, response) {
      const { state = '', code = '', error = '', error_description: description = '' } = textsOf(request);
      const ours = await parts.consents.end(state, cookieOf(request));
      response.clearCookie(COOKIE, cookie);
      if (!ours)
        return refuse(
          response,
          'This consent was not begun here',
          'Open /install in this browser, and consent within a quarter of an hour.',
        );
      if (error) return refuse(response, 'The account did not consent', REMEDY_OF_TIER, description || error);
      if (!code) return refuse(response, 'HubSpot sent no code', 'Open /install again.');
      await keepGrant(parts, { response, code });
    },
  };
}

const REMEDY_OF_TIER =
  'The account needs Sales Hub or Service Hub, Professional or higher, and whoever installs must be a super admin. Then open /install again.';

async function keepGrant(parts: InstallParts, { response, code }: { response: Response; code: string }): Promise<void> {
  const { portals, redirectUri, installs, budget, endpoint, telemetry } = parts;
  const grant = await exchange(endpoint, { code, redirectUri });
  if (!('portal' in grant)) {
    telemetry.logger.warn({ reason: grant.refusal }, 'install refused');
    return refuse(
      response,
      'HubSpot did not give a token',
      'Check client id, client secret and redirect URL of the app, then open /install again.',
      grant.refusal,
    );
  }
  const { portal } = grant;
  if (!portals.includes(portal)) {
    telemetry.logger.warn({ portal }, 'install of another account refused');
    return refuse(
      response,
      `This Parley does not serve HubSpot account ${portal}`,
      `It serves ${portals.join(', ')}: open /install again and choose that account, or have yours added to INSTALL_PORTALS.`,
    );
  }
  await installs.keep(grant);
  await budget.open(portal);
  telemetry.logger.info({ portal, scopes: grant.scopes }, 'installed');
  send(response, installedPage(portal));
}

async function exchange(
  endpoint: InstallParts['endpoint'],
  { code, redirectUri }: { code: string; redirectUri: string },
): Promise<Grant | { refusal: string }> {
  try {
    return await endpoint.exchangeCode(code, redirectUri);
  } catch (error) {
    if (error instanceof GrantRefused || error instanceof ConsentGone) return { refusal: error.message };
    throw error;
  }
}

function refuse(response: Response, what: string, remedy: string, said?: string): void {
  send(response.status(400), problemPage({ what, remedy, said }));
}

/** A parameter that comes twice is nobody's honest redirect, and counts as absent. */
const textsOf = ({ query }: Request): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );

const cookieOf = (request: Request): string =>
  new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(request.get('cookie') ?? '')?.[1] ?? '';
