import { createHmac } from 'node:crypto';
import { Signature } from '@hubspot/api-client';
import { describe, expect, test } from '@jest/globals';
import { type SignedRequest, verifySignature } from './signature.ts';

const SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const URL = 'https://www.example.com/webhook_uri';
const NOW = 1_700_000_300_000;

/** A request that HubSpot's SDK signed with v3 at NOW, changed as a test wants it. */
function signed(
  changes: Partial<SignedRequest> & { body?: string; at?: number; signedUrl?: string } = {},
): SignedRequest {
  const { body = '{"a":1}', at = NOW, url = URL, signedUrl = url, method = 'POST', headers, ...rest } = changes;
  const options = { url: signedUrl, requestBody: body, clientSecret: SECRET, signature: '', timestamp: at };
  const signature = Signature.getSignature(method, 'v3', options);
  return {
    method,
    url,
    rawBody: Buffer.from(body),
    clientSecret: SECRET,
    accepted: ['v3'],
    nowMs: NOW,
    headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(at), ...headers },
    ...rest,
  };
}

const MISMATCH = { verified: false, reason: 'the signature does not match' };

describe("HubSpot's own examples", () => {
  const sample: SignedRequest = {
    method: 'POST',
    url: URL,
    rawBody: Buffer.from("{'example_field':'example_value'}"),
    clientSecret: SECRET,
    accepted: ['v3'],
    nowMs: NOW,
    headers: {},
  };

  test.each([
    ['1693657560000', 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y='],
    ['1700000300000', 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw='],
  ])('v3 of %s', (timestamp, signature) => {
    const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp };
    const verification = verifySignature({ ...sample, headers, nowMs: Number(timestamp) });
    expect(verification).toEqual({ verified: true, version: 'v3' });
  });

  test('v2', () => {
    const signature = '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900';
    const headers = { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v2' };
    const rawBody = Buffer.from('{"example_field":"example_value"}');
    expect(verifySignature({ ...sample, rawBody, headers, accepted: ['v2'] })).toEqual({
      verified: true,
      version: 'v2',
    });
  });

  test.each([[{}], [{ 'x-hubspot-signature-version': 'v1' }]])('v1 with %j', (version) => {
    const signature = '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de';
    const body =
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation",' +
      '"attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
    const request = {
      ...sample,
      rawBody: Buffer.from(body),
      headers: { 'x-hubspot-signature': signature, ...version },
    };
    expect(verifySignature({ ...request, accepted: ['v1'] })).toEqual({ verified: true, version: 'v1' });
    const reason = 'no signature of an accepted version';
    expect(verifySignature({ ...request, accepted: ['v3', 'v2'] })).toEqual({ verified: false, reason });
  });
});

describe('a signature of v3', () => {
  test.each([['{"text":"שלום 👋 <b>&amp;</b>"}'], [''], ['{ "spaces" :  1.0 }\n']])(
    'holds over the bytes of %j',
    (body) => {
      expect(verifySignature(signed({ body }))).toEqual({ verified: true, version: 'v3' });
    },
  );

  test('holds over bytes that are no text, which decoding would change', () => {
    const request = signed({ body: '\uFFFD' });
    expect(verifySignature(request)).toMatchObject({ verified: true });
    expect(verifySignature({ ...request, rawBody: Buffer.from([0xff]) })).toEqual(MISMATCH);
  });

  test('decodes the listed escapes of the address and no others', () => {
    const url = 'https://x.example/h%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B?q=%20%23%25%26%2B%3D';
    const signedUrl = "https://x.example/h:/?@!$'()*,;?q=%20%23%25%26%2B%3D";
    expect(verifySignature(signed({ url, signedUrl }))).toMatchObject({ verified: true });
  });

  test('decodes once: an escaped escape stays', () => {
    const url = 'https://x.example/h?q=%253A';
    expect(verifySignature(signed({ url }))).toMatchObject({ verified: true });
  });

  test.each<[string, Partial<SignedRequest>]>([
    ['body', { rawBody: Buffer.from('{"a":2}') }],
    ['method', { method: 'PUT' }],
    ['address', { url: `${URL}?token=x` }],
    ['secret', { clientSecret: 'z' }],
  ])('does not hold for another %s', (_, change) => {
    expect(verifySignature({ ...signed(), ...change })).toEqual(MISMATCH);
  });

  test.each([['short'], [`${'A'.repeat(43)}=`], ['é'.repeat(44)]])('of %j is refused', (signature) => {
    const request = signed();
    const headers = { ...request.headers, 'x-hubspot-signature-v3': signature };
    expect(verifySignature({ ...request, headers })).toEqual(MISMATCH);
  });

  test.each([-300_001, 300_001])('is refused %i ms away, and accepted a millisecond nearer', (away) => {
    const reason = 'the timestamp is more than five minutes away';
    expect(verifySignature(signed({ at: NOW + away }))).toEqual({ verified: false, reason });
    expect(verifySignature(signed({ at: NOW + away - Math.sign(away) }))).toMatchObject({ verified: true });
  });

  test.each([['1700000300000.0'], ['1.7000003e12'], [''], [' 1700000300000'], ['0x18bcfe3b7a0'], ['NaN'], ['-1']])(
    'is refused with the timestamp %j, though signed with it',
    (at) => {
      const reason = 'the timestamp is not a decimal number';
      const signature = createHmac('sha256', SECRET).update(`POST${URL}{"a":1}${at}`).digest('base64');
      const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': at };
      expect(verifySignature(signed({ headers }))).toEqual({ verified: false, reason });
    },
  );

  test('that is wrong is not made good by an older one that is right', () => {
    const request = signed({ accepted: ['v3', 'v1'] });
    const v1 = Signature.getSignature('POST', 'v1', { requestBody: '{"a":1}', clientSecret: SECRET, signature: '' });
    const old = { 'x-hubspot-signature': v1, 'x-hubspot-signature-version': 'v1' };
    const headers = { ...request.headers, ...old, 'x-hubspot-signature-v3': 'wrong' };
    expect(verifySignature({ ...request, headers })).toEqual(MISMATCH);
    expect(verifySignature({ ...request, headers: old })).toEqual({ verified: true, version: 'v1' });
  });
});

test('a request without any signature is refused', () => {
  const reason = 'no signature of an accepted version';
  const request = { ...signed(), headers: {} };
  expect(verifySignature({ ...request, accepted: ['v3', 'v2', 'v1'] })).toEqual({ verified: false, reason });
});

test('nothing is verified without a secret', () => {
  const reason = 'no client secret is configured';
  expect(verifySignature({ ...signed(), clientSecret: '' })).toEqual({ verified: false, reason });
});
