import { createHash, createHmac } from 'node:crypto';
import type { SignatureVersion } from '../portal/settings.ts';

export interface Signed {
  readonly clientSecret: string;
  readonly method: string;
  readonly url: string;
  /** The body as it goes over the wire. */
  readonly body: string;
  /** Milliseconds since the epoch; v3 alone signs it. */
  readonly timestamp: number;
}

/** The headers that HubSpot signs a webhook with, https://developers.hubspot.com/docs/api/webhooks/validating-requests. */
export function signatureHeaders(versions: readonly SignatureVersion[], signed: Signed): Record<string, string> {
  return Object.assign({}, ...versions.map((version) => HEADERS[version](signed)));
}

const HEADERS: Record<SignatureVersion, (signed: Signed) => Record<string, string>> = {
  v1: (signed) => ({
    'x-hubspot-signature': sha256(signed.clientSecret + signed.body),
    'x-hubspot-signature-version': 'v1',
  }),
  v2: (signed) => ({
    'x-hubspot-signature': sha256(signed.clientSecret + signed.method + signed.url + signed.body),
    'x-hubspot-signature-version': 'v2',
  }),
  v3: (signed) => ({
    'x-hubspot-signature-v3': createHmac('sha256', signed.clientSecret)
      .update(signed.method + decodeListed(signed.url) + signed.body + signed.timestamp)
      .digest('base64'),
    'x-hubspot-request-timestamp': String(signed.timestamp),
  }),
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** v3 signs the URL with these escapes decoded and all others kept. */
const decodeListed = (url: string) =>
  url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (listed) => decodeURIComponent(listed));
