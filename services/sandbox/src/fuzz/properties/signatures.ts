import { agentWebhook, closedEvent, SIGNED } from '@parley/ingress/testing/hubspot';
import fc from 'fast-check';
import { headerValue } from '../arbitraries/transport.ts';
import type { Doors } from '../doors.ts';
import { demand, nothingKept, problemIn, sound } from '../invariants.ts';
import { ask } from '../raw-request.ts';
import { type Property, property } from './property.ts';

const MINUTE_MS = 60_000;

type Headers = readonly (readonly [name: string, value: string])[];

/** What becomes of the signature's own header. `same`: no verifier can tell it from the right one. */
const forgery = fc.oneof(
  fc
    .constantFrom(
      { what: 'as it is', of: (value: string) => [value] },
      { what: 'between spaces', of: (value: string) => [`  ${value}  `] },
    )
    .map((way) => ({ ...way, same: true })),
  fc
    .constantFrom(
      { what: 'none', of: () => [] },
      { what: 'empty', of: () => [''] },
      { what: 'twice', of: (value: string) => [value, value] },
      { what: 'behind a comma', of: (value: string) => [`a, ${value}`] },
      {
        what: 'as capitals',
        of: (value: string) => [value.toUpperCase() === value ? `${value}A` : value.toUpperCase()],
      },
      { what: 'another alphabet', of: (value: string) => [Buffer.from(value).toString('base64url')] },
      { what: 'without its end', of: (value: string) => [value.slice(0, -1)] },
      { what: 'with more behind it', of: (value: string) => [`${value}=`] },
      { what: 'in quotes', of: (value: string) => [`"${value}"`] },
    )
    .map((way) => ({ ...way, same: false })),
  headerValue.map((value) => ({ what: 'anything', of: () => [value], same: false })),
);

/** What stands in the header of the time, and whether it is the time of a signature that still counts. */
const clock = fc.oneof(
  fc
    .constantFrom(0, -4 * MINUTE_MS, 4 * MINUTE_MS)
    .map((off) => ({ of: (now: number) => `${now + off}`, counts: true })),
  fc
    .constantFrom<((now: number) => string)[]>(
      (now) => `${now - 6 * MINUTE_MS}`,
      (now) => `${now + 6 * MINUTE_MS}`,
      (now) => `${now}.5`,
      (now) => `+${now}`,
      (now) => `-${now}`,
      (now) => `0x${now.toString(16)}`,
      (now) => `${now}e0`,
      (now) => `${Math.floor(now / 1_000)}`,
      (now) => new Date(now).toISOString(),
      (now) => `${now} ${now}`,
      (now) => `${now}000000`,
      () => '',
      () => 'NaN',
      () => 'Infinity',
      () => '٣٤٥',
    )
    .map((of) => ({ of, counts: false })),
);

/** Signatures in every version and every way to be wrong, over webhooks that would be taken. */
export function signatures(doors: Doors): Property {
  const token = doors.setting('HUBSPOT_WEBHOOK_TOKEN');
  const right = doors.setting('HUBSPOT_CLIENT_SECRET');
  const publicUrl = doors.setting('PUBLIC_URL');
  const input = fc.record({
    route: fc.constantFrom('channel', 'events'),
    version: fc.constantFrom('v3', 'v2', 'v1'),
    named: fc.oneof(
      { weight: 4, arbitrary: fc.constant('as it is') },
      { weight: 1, arbitrary: fc.constantFrom('', 'v1', 'v2', 'v3', 'none', 'V2') },
    ),
    forgery,
    clock,
    secret: fc.oneof(
      { weight: 6, arbitrary: fc.constant(right) },
      { weight: 1, arbitrary: fc.constantFrom(right.slice(1), '', `${right} `) },
    ),
    path: fc.oneof(
      { weight: 6, arbitrary: fc.constant(token) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          token.slice(1),
          `${token}0`,
          token.toUpperCase(),
          `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`,
        ),
      },
    ),
    signedPath: fc.oneof(
      { weight: 6, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom('?', '/', '?a=%2F', '%20') },
    ),
    query: fc.constantFrom('', '', '?a=%2F%3a&b=%21', '?'),
    signedByte: fc.constantFrom('', '', '', ' ', '\0'),
  });

  return property(input, async (given) => {
    const { route, version, path, query, secret, clock: time } = given;
    const body = Buffer.from(JSON.stringify(route === 'channel' ? agentWebhook() : [closedEvent()]));
    const target = `/v1/hubspot/${route}/${path}${query}`;
    const at = time.of(Date.now());
    const url = publicUrl + decodedAsHubSpot(target + given.signedPath, version);
    const bytes = Buffer.concat([body, Buffer.from(given.signedByte)]);
    const headers = forged(Object.entries(SIGNED[version]({ clientSecret: secret, url, body: bytes, at })), given);
    const request = {
      method: 'POST',
      target,
      headers: [...headers, ['content-type', 'application/json'] as const],
      body,
    };
    const answer = await ask(doors.ingressUrl, request);
    sound(answer, doors.secrets);
    const stand = await doors.kept.take('agent-messages');
    const genuine = isGenuine(given, { right, token });
    if (answer.status === 200) {
      demand(genuine && stand.size === 1, 'a forged webhook was taken');
      return answer.status;
    }
    problemIn(answer, request);
    nothingKept(stand, answer.status);
    demand(!genuine, `a genuine webhook was refused: ${answer.text}`);
    return answer.status;
  });
}

interface Given {
  readonly route: string;
  readonly version: 'v3' | 'v2' | 'v1';
  readonly named: string;
  readonly forgery: { readonly same: boolean; readonly of: (value: string) => string[] };
  readonly clock: { readonly counts: boolean };
  readonly secret: string;
  readonly path: string;
  readonly signedPath: string;
  readonly signedByte: string;
}

/** v1 signs no address, and v1 and v2 no time: whatever was done to those is nothing to them. */
function isGenuine(given: Given, { right, token }: { right: string; token: string }): boolean {
  const {
    route,
    version,
    named,
    forgery: { same },
    clock: time,
    secret,
    path,
    signedPath,
    signedByte,
  } = given;
  if (!same || secret !== right || signedByte !== '' || decodeURIComponent(path) !== token) return false;
  if (version === 'v3') return time.counts && signedPath === '';
  const said = named === 'as it is' ? version : named || 'v1';
  if (said !== version) return false;
  return version === 'v2' ? signedPath === '' : route === 'events';
}

const SIGNATURES = ['x-hubspot-signature-v3', 'x-hubspot-signature'];

function forged(headers: readonly [string, string][], { forgery: { of }, named }: Given): Headers {
  return headers.flatMap(([name, value]): Headers => {
    if (SIGNATURES.includes(name)) return of(value).map((each) => [name, each]);
    if (name === 'x-hubspot-signature-version' && named !== 'as it is') return [[name, named]];
    return [[name, value]];
  });
}

/** Of the escapes in the queries above, those that HubSpot decodes before it signs by v3. */
const decodedAsHubSpot = (target: string, version: string) =>
  version === 'v3' ? target.replace('%2F', '/').replace('%21', '!') : target;
