import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { botRequest } from '../arbitraries/bot-event.ts';
import { headerValue } from '../arbitraries/headers.ts';
import { mutated } from '../arbitraries/mutated.ts';
import { transport } from '../arbitraries/transport.ts';
import type { Doors } from '../doors.ts';
import { demand, nothingKept, problemIn, sound } from '../invariants.ts';
import type { Kept } from '../kept.ts';
import { ask } from '../raw-request.ts';
import { type Property, property } from './property.ts';

const MAX_BATCH = 100;
const MAX_BODY = 1_048_576;

export function botEvents(doors: Doors): Property {
  const { ingressUrl, secrets, kept, ids } = doors;
  const right = `Bearer ${doors.botToken}`;
  const authorization = fc.oneof(
    { weight: 20, arbitrary: fc.constant(right) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        headerValue,
        fc.constantFrom('', 'Bearer', right.slice(0, -1), `${right}0`, `${right} ${right}`, `Basic ${right}`),
      ),
    },
  );

  return property(
    fc.record({ json: mutated(botRequest), transport, authorization, again: fc.boolean() }),
    async ({ json, transport: { plain, wrapped }, authorization: given, again }) => {
      const request = wrapped('/v1/events', Buffer.from(json.text));
      const signed = { ...request, headers: [['authorization', given] as const, ...request.headers] };
      const answer = await ask(ingressUrl, signed);
      sound(answer, secrets);
      if (answer.status === 202 && again) {
        const { accepted, duplicate } = JSON.parse(answer.text);
        const second = await ask(ingressUrl, signed);
        demand(
          second.text === JSON.stringify({ accepted: 0, duplicate: accepted + duplicate }),
          `accepted twice: ${second.text}`,
        );
      }
      const stand = await kept.take('visitor-messages');
      if (answer.status !== 202) {
        problemIn(answer, request);
        nothingKept(stand, answer.status);
        demand(
          !(plain && given === right && json.intact && fits(json.text)),
          `a valid request was refused: ${answer.text}`,
        );
        return answer.status;
      }
      demand(given === right, 'a stranger was let in');
      // A body of chunks has its JSON between them; every other one is what was sent.
      const sent = JSON.parse(plain ? json.text : new TextDecoder().decode(request.body));
      const events = Array.isArray(sent) ? sent : [sent];
      demand(
        isDeepStrictEqual(messagesIn(stand), expected(ids.channelAccountId, events)),
        'what stands in the lanes is not what was sent',
      );
      demand(
        answer.text === JSON.stringify(countsOf(stand, events.length)),
        `the answer counts otherwise: ${answer.text}`,
      );
      return answer.status;
    },
  );
}

function fits(text: string): boolean {
  const body: unknown = JSON.parse(text);
  const isBatch = Array.isArray(body);
  return Buffer.byteLength(text) <= MAX_BODY && !(isBatch && (body.length === 0 || body.length > MAX_BATCH));
}

const messagesIn = (stand: Kept) =>
  Object.fromEntries([...stand].map(([lane, entries]) => [lane, entries.map(({ message }) => message)]));

function countsOf(stand: Kept, sent: number) {
  const accepted = [...stand.values()].flat().length;
  return { accepted, duplicate: sent - accepted };
}

interface Sent {
  readonly id: string;
  readonly conversationId: string;
  readonly data: { readonly visitor?: Record<string, string>; readonly attachments?: readonly { url: string }[] };
}

/** Every event once, in its conversation's lane, in order; lanes fill in the order of their first event. */
function expected(account: string, events: readonly Sent[]): Record<string, unknown[]> {
  const seen = new Set<string>();
  const isNew = ({ id }: Sent) => !seen.has(id) && seen.add(id);
  const lanes = Map.groupBy(events, ({ conversationId }) => `${account}/${conversationId}`);
  return Object.fromEntries(
    [...lanes]
      .map(([lane, theirs]) => [lane, theirs.filter(isNew).map(asKept)] as const)
      .filter(([, kept]) => kept.length > 0),
  );
}

/** The contract's own changes, and no others: white space around names and addresses, and the fields that have a default. */
function asKept(event: Sent & { readonly type?: string }) {
  const { visitor, attachments } = event.data;
  return {
    ...event,
    data: {
      ...(event.type === 'handoff.requested' && { visitor: {}, transcript: [] }),
      ...event.data,
      ...(visitor && {
        visitor: Object.fromEntries(Object.entries(visitor).map(([field, value]) => [field, value.trim()])),
      }),
      ...(attachments && { attachments: attachments.map((file) => ({ ...file, url: file.url.trim() })) }),
    },
  };
}
