import { randomUUID } from 'node:crypto';
import { signatureHeaders } from '@parley/shared/hubspot/signature';
import { type Check, type Finding, failed, ok } from './check.ts';
import { isSuccess, statusOf, TEST_TYPE } from './post.ts';

export interface IngressParts {
  readonly publicUrl: string;
  readonly webhookToken: string;
  readonly clientSecret: string;
}

/** Our own door, from where HubSpot comes: over the public address, signed as HubSpot signs. */
export const ingressChecks = (parts: IngressParts): Check[] => [
  { name: 'PUBLIC_URL leads to the ingress', run: () => reachable(parts.publicUrl) },
  { name: 'the ingress takes what HubSpot signs', run: () => takesSigned(parts) },
  { name: 'the ingress refuses what is forged', run: () => refusesForged(parts) },
];

async function reachable(publicUrl: string): Promise<Finding> {
  const status = await statusOf(`${publicUrl}/healthz`);
  if (status === 200) return ok(publicUrl);
  return failed(
    `GET ${publicUrl}/healthz: ${status}`,
    'Start the ingress, and set PUBLIC_URL to the address under which HubSpot reaches it (proxy, port, path).',
  );
}

async function takesSigned(parts: IngressParts): Promise<Finding> {
  const status = await sendWebhook(parts, parts.clientSecret);
  if (status === 200) return ok('a signed webhook of an unknown type: 200');
  if (status === 404)
    return failed(
      'there is nothing at the webhook address: 404',
      'The ingress has another HUBSPOT_WEBHOOK_TOKEN, or the proxy passes /v1/… elsewhere.',
    );
  return failed(
    `a correctly signed webhook: ${status}`,
    status === 401
      ? 'The ingress runs with another PUBLIC_URL or HUBSPOT_CLIENT_SECRET: both must be what HubSpot has, character by character. Or its clock is wrong.'
      : "See the ingress's log; 503 means that it waits for Redis.",
  );
}

async function refusesForged(parts: IngressParts): Promise<Finding> {
  const status = await sendWebhook(parts, randomUUID());
  if (status === 401) return ok('a webhook signed with another secret: 401');
  return failed(
    `a webhook signed with another secret: ${status}${isSuccess(status) ? ', taken' : ''}`,
    'Something else than the ingress answers at PUBLIC_URL, or it does not verify: look at what runs there.',
  );
}

/** Carries the signatures v3 and v2, so that it is taken whichever of them HUBSPOT_SIGNATURES names. */
function sendWebhook({ publicUrl, webhookToken }: IngressParts, clientSecret: string): Promise<number | string> {
  const url = `${publicUrl}/v1/hubspot/channel/${webhookToken}`;
  const method = 'POST';
  const body = JSON.stringify({ type: TEST_TYPE });
  const signature = signatureHeaders({ method, url, rawBody: Buffer.from(body), clientSecret, nowMs: Date.now() });
  return statusOf(url, { method, headers: { 'content-type': 'application/json', ...signature }, body });
}
