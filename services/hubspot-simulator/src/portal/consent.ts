import type { HubSpot } from './hubspot.ts';
import { issueCode } from './installs.ts';
import type { Portal } from './portal.ts';

/** What an app asks a person to agree to. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scopes: readonly string[];
  readonly optionalScopes: readonly string[];
  readonly codeChallenge: string | undefined;
}

/** What HubSpot shows instead of a consent, and never takes back to the app: it cannot know whether that is the app's. */
export class ConsentError extends Error {
  override readonly name = 'ConsentError';
}

/** Reads the query of an authorize address. Throws a ConsentError when it is not one that this app may use. */
export function readConsentRequest({ app }: HubSpot, query: URLSearchParams): ConsentRequest {
  if (query.get('client_id') !== app.clientId)
    throw new ConsentError('BAD_CLIENT_ID: there is no app with this client_id.');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!app.redirectUrls.includes(redirectUri))
    throw new ConsentError('BAD_REDIRECT_URI: redirect_uri is not among the redirect URLs of the app.');
  const scopes = words(query.get('scope'));
  const optionalScopes = words(query.get('optional_scope'));
  const known = new Set([...app.requiredScopes, ...app.optionalScopes]);
  const unknown = [...scopes, ...optionalScopes].filter((scope) => !known.has(scope));
  const missing = app.requiredScopes.filter((scope) => !scopes.includes(scope));
  if (unknown.length > 0) throw new ConsentError(`BAD_SCOPES: the app has not ${unknown.join(', ')}.`);
  if (missing.length > 0) throw new ConsentError(`BAD_SCOPES: the app requires ${missing.join(', ')} too.`);
  return {
    redirectUri,
    state: query.get('state') ?? undefined,
    scopes,
    optionalScopes,
    codeChallenge: query.get('code_challenge') ?? undefined,
  };
}

const words = (text: string | null) => (text ?? '').split(' ').filter(Boolean);

/** Sales Hub or Service Hub Professional has custom channels; below, there is nothing to agree to. */
const PROFESSIONAL_ONLY = 'conversations.custom_channels';

/** What the person decides. The address is where the browser goes then: the app's, with a code or with an error. */
export function decide(
  hubspot: HubSpot,
  asked: ConsentRequest,
  decision: { readonly portal: Portal; readonly agreed: boolean },
): string {
  const { portal, agreed } = decision;
  if (!agreed) return back(asked, { error: 'access_denied', error_description: 'The user denied access to the app' });
  if (portal.tier !== 'PROFESSIONAL' && asked.scopes.some((scope) => scope.startsWith(PROFESSIONAL_ONLY)))
    return back(asked, {
      error: 'access_denied',
      error_description:
        "Authorization failed because this account doesn't have access to the scopes required by the app",
    });
  const { redirectUri, codeChallenge } = asked;
  const scopes = [...asked.scopes, ...asked.optionalScopes];
  return back(asked, { code: issueCode(hubspot, { portalId: portal.id, scopes, redirectUri, codeChallenge }) });
}

function back({ redirectUri, state }: ConsentRequest, given: Record<string, string>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...given, ...(state !== undefined && { state }) }))
    url.searchParams.set(name, value);
  return url.href;
}
