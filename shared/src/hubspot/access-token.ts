import type { Answer } from './exchange.ts';
import { LostAnswer, Refusal } from './exchange.ts';

/** The token that calls carry. Each function throws a `RetryableError` of the portal when there is none to be had now. */
export interface AccessTokens {
  /** A token that was good when last heard of. */
  readonly current: () => Promise<string>;
  /**
   * HubSpot has just refused `refused` with 401: gives another one, or the same when there is no other. However many ask at once
   * about the same token, one new one is fetched.
   */
  readonly instead: (refused: string) => Promise<string>;
}

/** A token that an operator gave. When HubSpot no longer takes it, only the operator has another. */
export const staticToken = (token: string): AccessTokens => ({
  current: () => Promise.resolve(token),
  instead: () => Promise.resolve(token),
});

/** Makes a request, and once more with another token when HubSpot refuses the first. */
export async function withToken(tokens: AccessTokens, ask: (token: string) => Promise<Answer>): Promise<Answer> {
  const token = await tokens.current();
  return ask(token).catch(async (thrown: unknown) => {
    const other = isUnauthorized(thrown) ? await tokens.instead(token) : token;
    if (other === token) throw thrown;
    return ask(other);
  });
}

/** The same for a body that can be sent once: with another token to be had, the whole delivery is worth another attempt. */
export async function withTokenOnce(tokens: AccessTokens, ask: (token: string) => Promise<Answer>): Promise<Answer> {
  const token = await tokens.current();
  return ask(token).catch(async (thrown: unknown) => {
    if (!isUnauthorized(thrown) || (await tokens.instead(token)) === token) throw thrown;
    throw new LostAnswer('the access token had ended and is renewed', { certain: true });
  });
}

const isUnauthorized = (thrown: unknown) => thrown instanceof Refusal && thrown.answer.status === 401;
