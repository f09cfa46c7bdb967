import { z } from 'zod';
import { PortalId } from '../../contracts/ids.ts';
import { type Answer, exchange, LostAnswer, Refusal } from '../exchange.ts';
import { explain } from '../refusal-body.ts';

/** What one HubSpot account granted us. */
export interface Grant {
  readonly portal: PortalId;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Milliseconds since 1970: when the access token was given, and when it ends. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly scopes: readonly string[];
}

export interface OAuthApp {
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The account took its consent back, or is gone: only a new install helps. Nothing is wrong with our app. */
export class ConsentGone extends Error {
  override readonly name = 'ConsentGone';
}

/** HubSpot refused for another reason than the account's consent: our app's settings, a used code. The message says which. */
export class GrantRefused extends Error {
  override readonly name = 'GrantRefused';
}

/** v1 of this endpoint, which HubSpot's client library speaks, ends in February 2027. */
const PATH = '/oauth/2026-03/token';

const TIMEOUT_MS = 10_000;

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  hub_id: z.coerce.string().pipe(PortalId),
  scopes: z.array(z.string()).default([]),
});

const OAuthError = z.object({ status: z.string().default(''), error: z.string().default('') });

export type TokenEndpoint = ReturnType<typeof createTokenEndpoint>;

/**
 * HubSpot's token endpoint. Each function makes one call and throws {@link ConsentGone}, {@link GrantRefused}, or, where another
 * attempt may help, what `exchange` throws.
 */
export function createTokenEndpoint({ apiUrl, clientId, clientSecret }: OAuthApp) {
  async function ask(form: Record<string, string>): Promise<Grant> {
    const issuedAt = Date.now();
    const body = new URLSearchParams({ ...form, client_id: clientId, client_secret: clientSecret });
    const answer = await exchange(`${apiUrl}${PATH}`, { method: 'POST', body }, TIMEOUT_MS).catch((error: unknown) => {
      throw refused(error, [clientSecret, ...Object.values(form)]);
    });
    const token = tokenIn(answer);
    return {
      portal: token.hub_id,
      accessToken: token.access_token,
      refreshToken: token.refresh_token,
      issuedAt,
      expiresAt: issuedAt + token.expires_in * 1_000,
      scopes: token.scopes,
    };
  }

  return {
    /** Trades the code of a consent. A code works once, within minutes. */
    exchangeCode: (code: string, redirectUri: string) =>
      ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    /** A new access token. HubSpot may give a new refresh token with it: keep the one that comes back. */
    refresh: (refreshToken: string) => ask({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  };
}

/** Without a word of the answer in what is thrown: there may be a token in it. */
function tokenIn({ status, text }: Answer): z.infer<typeof TokenAnswer> {
  const result = TokenAnswer.safeParse(jsonOf(text));
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path }) => path.join('.') || 'body').join(', ');
  throw new LostAnswer(`HubSpot's token answer ${status} cannot be read: ${fields}`, { certain: false });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of the refusals only these two are the account's own; all others must not cost any account its install. */
const GONE = ['BAD_REFRESH_TOKEN', 'BAD_HUB'];

function refused(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof Refusal) || error.answer.status >= 500 || error.answer.status === 429) return error;
  const { status, error: code } = oauthErrorOf(error.answer);
  const said = explain(error.answer, secrets);
  if (GONE.includes(status)) return new ConsentGone(said);
  return new GrantRefused(`${said}${status || code ? ` (${[status, code].filter(Boolean).join(', ')})` : ''}`);
}

const oauthErrorOf = ({ text }: Answer) => OAuthError.catch({ status: '', error: '' }).parse(jsonOf(text));
