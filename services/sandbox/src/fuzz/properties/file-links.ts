import { createHmac } from 'node:crypto';
import { AgentFile } from '@parley/shared/contracts/agent-delivery';
import { createFileLinks } from '@parley/shared/file-links/file-links';
import fc from 'fast-check';
import { hostileText } from '../arbitraries/hostile.ts';
import type { Doors } from '../doors.ts';
import { demand, problemIn, sound } from '../invariants.ts';
import { ask } from '../raw-request.ts';
import { type Property, property } from './property.ts';

const HUBSPOT = 'https://48448169.fs1.hubspotusercontent-na1.net';

/** Addresses that agents' messages may name, most of them by nobody who means well. */
const address = fc
  .oneof(
    fc.constant(`${HUBSPOT}/hubfs/a.png`),
    fc.webPath().map((path) => `${HUBSPOT}${path}`),
    hostileText.map((text) => `${HUBSPOT}/${text}`),
    hostileText.map((text) => `${HUBSPOT}${text}`),
    hostileText.map((text) => `https://${text}.hubspotusercontent-na1.net/`),
    fc.webUrl(),
    hostileText,
  )
  .filter((url) => AgentFile.safeParse({ url }).success);

/** What a stranger does to a token of ours. */
const damage = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ what: 'nothing', of: (token: string) => token }) },
  {
    weight: 6,
    arbitrary: fc.oneof(
      fc.tuple(fc.nat(), fc.constantFrom('A', 'z', '.', '%2E', '%00', '%ff', '=', '%', '/', '%2F')).map(([at, by]) => ({
        what: `${by} at ${at}`,
        of: (token: string) => token.slice(0, at % token.length) + by + token.slice((at % token.length) + 1),
      })),
      fc.nat().map((at) => ({ what: `cut at ${at}`, of: (token: string) => token.slice(0, at % token.length) })),
      hostileText.map((text) => ({ what: 'anything', of: () => encodeURIComponent(text.toWellFormed()) })),
      hostileText.map((text) => ({ what: 'a key of its own', of: () => signedBy(text) })),
    ),
  },
);

function signedBy(secret: string): string {
  const payload = Buffer.from(JSON.stringify({ file: { url: `${HUBSPOT}/a` }, expiresAt: Date.now() * 2 })).toString(
    'base64url',
  );
  return `${payload}.${createHmac('sha256', secret).update(payload).digest('base64url')}`;
}

export function fileLinks(doors: Doors): Property {
  const parts = { publicUrl: '', secret: doors.setting('HUBSPOT_CLIENT_SECRET') };
  const links = { live: createFileLinks(parts), old: createFileLinks({ ...parts, now: () => Date.now() - 3_600_001 }) };
  const input = fc.record({
    address,
    damage,
    age: fc.constantFrom('live', 'live', 'live', 'old'),
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST'),
  });

  return property(input, async ({ address: url, damage: { of }, age, method }) => {
    const made = links[age].linkTo({ portal: doors.ids.portalId, file: { url } }).url;
    const token = of(made.slice('/v1/files/'.length));
    const target = `/v1/files/${token}`;
    const answer = await ask(doors.ingressUrl, { method, target, headers: [] });
    sound(answer, doors.secrets);
    if (answer.status >= 400) {
      problemIn(answer, { method });
      return answer.status;
    }
    demand(
      answer.status === 302 && age === 'live' && decodeURIComponent(target).startsWith(made.slice(0, -1)),
      `${answer.status} for a link that Parley did not make, or not of late`,
    );
    const { protocol, hostname, username } = new URL(answer.headers.location ?? '', doors.ingressUrl);
    demand(
      protocol === 'https:' && hostname.endsWith('.hubspotusercontent-na1.net') && username === '',
      `led to ${answer.headers.location}`,
    );
    return answer.status;
  });
}
