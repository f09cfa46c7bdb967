import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type SignatureVersion = 'v3' | 'v2' | 'v1';

export interface SignedRequest {
  /** As HubSpot sent it, in capitals. */
  readonly method: string;
  /** The whole address as HubSpot was given it, with scheme, host and query: the configured public one, since proxies rewrite. */
  readonly url: string;
  /** The bytes that came, before any parsing. */
  readonly rawBody: Buffer;
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of the app that owns the channel or the subscription. */
  readonly clientSecret: string;
  /** HubSpot does not document how it signs a channel's webhooks; only v3 cannot be replayed. */
  readonly accepted: readonly SignatureVersion[];
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

export type Verification =
  | { readonly verified: true; readonly version: SignatureVersion }
  | { readonly verified: false; readonly reason: DistrustReason };

export type DistrustReason =
  | 'no client secret is configured'
  | 'no signature of an accepted version'
  | 'the timestamp is not a decimal number'
  | 'the timestamp is more than five minutes away'
  | 'the signature does not match';

const WINDOW_MS = 5 * 60_000;

/**
 * Is the request HubSpot's? A request that carries a v3 signature, and may, is judged by that one alone: a wrong one is not made
 * good by an older one. Takes the same time for every signature of the right length.
 */
export function verifySignature(request: SignedRequest): Verification {
  if (request.clientSecret === '') return distrust('no client secret is configured');
  const version = versionOf(request);
  if (version === undefined) return distrust('no signature of an accepted version');
  if (version === 'v3') {
    const timestamp = header(request, 'x-hubspot-request-timestamp');
    if (!/^\d{1,15}$/.test(timestamp)) return distrust('the timestamp is not a decimal number');
    if (Math.abs(request.nowMs - Number(timestamp)) > WINDOW_MS) {
      return distrust('the timestamp is more than five minutes away');
    }
  }
  const given = header(request, version === 'v3' ? 'x-hubspot-signature-v3' : 'x-hubspot-signature');
  return same(given, EXPECTED[version](request))
    ? { verified: true, version }
    : distrust('the signature does not match');
}

/** The headers that HubSpot would send along: v3 and v2 beside each other. */
export function signatureHeaders(request: Omit<Signed, 'headers'> & { readonly nowMs: number }) {
  const timestamp = { 'x-hubspot-request-timestamp': String(request.nowMs) };
  const signed = { ...request, headers: timestamp };
  return {
    ...timestamp,
    'x-hubspot-signature-v3': EXPECTED.v3(signed),
    'x-hubspot-signature': EXPECTED.v2(signed),
    'x-hubspot-signature-version': 'v2',
  };
}

/** v1 and v2 share a header and are told apart by another one, which says v1 when it is absent. */
function versionOf(request: SignedRequest): SignatureVersion | undefined {
  if (request.accepted.includes('v3') && header(request, 'x-hubspot-signature-v3') !== '') return 'v3';
  if (header(request, 'x-hubspot-signature') === '') return undefined;
  const named = header(request, 'x-hubspot-signature-version') || 'v1';
  return request.accepted.find((version) => version !== 'v3' && version === named);
}

type Signed = Pick<SignedRequest, 'method' | 'url' | 'rawBody' | 'headers' | 'clientSecret'>;

/** The recipes on HubSpot's page "Validating requests". */
const EXPECTED: Readonly<Record<SignatureVersion, (request: Signed) => string>> = {
  v3: (request) =>
    createHmac('sha256', request.clientSecret)
      .update(`${request.method}${decodedUri(request.url)}`)
      .update(request.rawBody)
      .update(header(request, 'x-hubspot-request-timestamp'))
      .digest('base64'),
  v2: ({ clientSecret, method, url, rawBody }) =>
    createHash('sha256').update(`${clientSecret}${method}${url}`).update(rawBody).digest('hex'),
  v1: ({ clientSecret, rawBody }) => createHash('sha256').update(clientSecret).update(rawBody).digest('hex'),
};

/** The escapes that HubSpot decodes before it signs; all others stay as they are. */
const DECODED: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

const decodedUri = (url: string) => url.replaceAll(/%[0-9A-F]{2}/g, (code) => DECODED[code] ?? code);

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Empty when absent, and when it came more than once. */
function header({ headers }: Pick<SignedRequest, 'headers'>, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

const distrust = (reason: DistrustReason): Verification => ({ verified: false, reason });
