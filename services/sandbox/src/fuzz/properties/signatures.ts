import { agentWebhook, closedEvent, SIGNED } from '@parley/ingress/testing/hubspot';
import { type Signing, signing } from '../arbitraries/signing.ts';
import type { Doors } from '../doors.ts';
import { demand, nothingKept, problemIn, sound } from '../invariants.ts';
import { ask } from '../raw-request.ts';
import { type Property, property } from './property.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** Signatures in every version and every way to be wrong, over webhooks that would be taken. */
export function signatures(doors: Doors): Property {
  const token = doors.setting('HUBSPOT_WEBHOOK_TOKEN');
  const right = doors.setting('HUBSPOT_CLIENT_SECRET');
  const publicUrl = doors.setting('PUBLIC_URL');
  const input = signing({ token, right });

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

/** v1 signs no address, and v1 and v2 no time: whatever was done to those is nothing to them. */
function isGenuine(given: Signing, { right, token }: { right: string; token: string }): boolean {
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

function forged(headers: readonly [string, string][], { forgery: { of }, named }: Signing): Headers {
  return headers.flatMap(([name, value]): Headers => {
    if (SIGNATURES.includes(name)) return of(value).map((each) => [name, each]);
    if (name === 'x-hubspot-signature-version' && named !== 'as it is') return [[name, named]];
    return [[name, value]];
  });
}

/** Of the escapes in the queries above, those that HubSpot decodes before it signs by v3. */
const decodedAsHubSpot = (target: string, version: string) =>
  version === 'v3' ? target.replace('%2F', '/').replace('%21', '!') : target;
