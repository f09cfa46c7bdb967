import { type SignatureVersion, verifySignature } from '@parley/shared/hubspot/signature';
import type { Request, RequestHandler } from 'express';
import { matchesSecret } from './matches-secret.ts';
import { notFound, Problem } from './problem.ts';
import { rawBodyOf } from './raw-body.ts';

/** The second lock of a webhook address, `:token` in its path. To everybody else there is nothing at the address. */
export function requirePathToken(token: string): RequestHandler {
  const isToken = matchesSecret(token);
  return (request, _response, next) => {
    const given = request.params.token;
    if (typeof given === 'string' && isToken(given)) return next();
    throw notFound('wrong token in the path');
  };
}

export interface SignatureSettings {
  readonly clientSecret: string;
  /** The address of the ingress as HubSpot was given it. Proxies rewrite what arrives, and the signature covers this. */
  readonly publicUrl: string;
  /** `none`: a request that carries no signature at all is let in. One that carries a wrong one never is. */
  readonly accepted: readonly (SignatureVersion | 'none')[];
  readonly now: () => number;
}

/** Lets HubSpot in. Runs after the raw body was read. */
export const requireSignature =
  ({ clientSecret, publicUrl, accepted, now }: SignatureSettings): RequestHandler =>
  (request, _response, next) => {
    if (accepted.includes('none') && !isSigned(request)) return next();
    const verification = verifySignature({
      method: request.method,
      url: publicUrl + request.originalUrl,
      rawBody: rawBodyOf(request),
      headers: request.headers,
      clientSecret,
      accepted: accepted.filter((version) => version !== 'none'),
      nowMs: now(),
    });
    if (verification.verified) return next();
    throw new Problem('unauthorized', {
      detail: `${verification.reason}. Accepted here: ${accepted.join(', ')}, made with the app's client secret over the address ${publicUrl}/v1/… as HubSpot was given it`,
      reason: verification.reason,
      headers: { 'www-authenticate': 'HubSpot-Signature' },
    });
  };

const isSigned = (request: Request) =>
  ['x-hubspot-signature-v3', 'x-hubspot-signature'].some((name) => request.get(name) !== undefined);
