import { expect, test } from '@jest/globals';
import type { AgentDelivery, AgentDeliveryOf } from '@parley/shared/contracts/agent-delivery';
import { ChannelId, MessageId, ThreadId } from '@parley/shared/contracts/ids';
import { NotYet, RetryableError } from '@parley/shared/failures';
import { delivered } from '@parley/shared/queues/outcome';
import { first, later, portal, testConversations, threadId } from '@parley/shared/testing/test-conversations';
import { type HandBackParts, prepareHandback, purge } from './hand-back.ts';
import { createLookPatiently } from './look-patiently.ts';

const CLOSE = { kind: 'thread-closed' as const, threadId, handoffIds: [], closedAt: '2026-11-02T10:00:00.000Z' };
const CLOSING = { graceMs: 2_000, lookAgainMs: 5_000, patienceMs: 60_000 };

const OURS = { portalId: portal, channelId: ChannelId.parse('477835'), channelAccountId: first.account };

const reply = (id: string): AgentDeliveryOf<'agent-message'> => ({
  kind: 'agent-message',
  threadId,
  handoffIds: [first.handoffId],
  messageId: MessageId.parse(id),
  agent: { id: 'A-1' },
  text: id,
  sentAt: CLOSE.closedAt,
});

/** A handoff in a closed thread with two replies, and a close of it that was accepted `agoMs` ago. */
async function setup({
  agoMs = 10_000,
  is = 'closed',
  patienceMs = CLOSING.patienceMs,
}: {
  agoMs?: number;
  is?: 'open' | 'closed';
  patienceMs?: number;
} = {}) {
  const conversations = await testConversations();
  await conversations.begin(first, { visitor: { name: 'Ada' } });
  await conversations.indexThread({ portal, threadId }, first);
  const accepted: string[][] = [];
  const trouble: Error[] = [];
  const parts: HandBackParts = {
    portal,
    conversations,
    closing: CLOSING,
    lookPatiently: createLookPatiently({ ...CLOSING, patienceMs }),
    callBot: async () => delivered,
    async acceptAgentDelivery(messages: readonly { id: string; message: AgentDelivery }[]) {
      accepted.push(messages.map(({ id, message }) => (message.kind === 'handback' ? `handback as ${id}` : id)));
      return { accepted: messages.length, duplicate: 0 };
    },
    hubspot: {
      async readThread() {
        const failure = trouble.shift();
        if (failure) throw failure;
        return { is, closedAt: CLOSE.closedAt, words: 'x', latestMessageAt: Date.now() };
      },
      readReplies: async () => ({
        replies: ['m-1', 'm-2'].map((id) => ({ ...OURS, dedupeId: id, delivery: reply(id) })),
        malformed: [],
      }),
      findThread: async () => undefined,
    },
  };
  const attempt = { number: 1, eventId: 'closed-12-1', lane: 'lane', acceptedAt: Date.now() - agoMs, replayed: false };
  const close = (threadOf = threadId) =>
    prepareHandback(parts, { handoff: first, close: { ...CLOSE, threadId: threadOf } }, attempt);
  return { parts, conversations, accepted, trouble, close, [Symbol.dispose]: () => conversations[Symbol.dispose]() };
}

test('a close that is looked at twice, because we died in between, puts the same into the lane twice', async () => {
  using it = await setup();
  await it.close();
  await it.close();
  expect(it.accepted[0]).toEqual(['m-1', 'm-2', expect.stringMatching(/^handback as handback-/)]);
  expect(it.accepted[1]).toEqual(it.accepted[0]);
});

test('a close waits for words that may be on their way, and burns no attempt by it', async () => {
  using it = await setup({ agoMs: 500 });
  const waiting = await it.close().catch((error: unknown) => error);
  expect(waiting).toBeInstanceOf(NotYet);
  expect(waiting).toMatchObject({ forMs: expect.any(Number) });
  expect(it.accepted).toEqual([]);
});

test.each([
  ['a message is refused for a moment', new RetryableError('HubSpot answered 503')],
  ['the portal waits', new RetryableError('HubSpot answered 429', { scope: 'portal', retryAfterMs: 600_000 })],
])(
  'when %s, the look is tried again soon, and after a minute of that the handback goes on without',
  async (_what, failure) => {
    using soon = await setup({ agoMs: 3_600_000 });
    soon.trouble.push(failure);
    await expect(soon.close()).rejects.toMatchObject({ name: 'NotYet', forMs: CLOSING.lookAgainMs });
    using late = await setup({ patienceMs: 0 });
    late.trouble.push(failure);
    await late.close();
    expect(late.accepted).toEqual([[expect.stringMatching(/^handback as/)]]);
  },
);

test('a thread that is open by now, or was merged into another one, is not handed back', async () => {
  using open = await setup({ is: 'open' });
  expect(await open.close()).toMatchObject({ kind: 'ignored', reason: 'the thread is open' });
  using merged = await setup();
  await merged.conversations.followThread({ portal, threadId: ThreadId.parse('99') }, first, Date.now() + 1);
  expect(await merged.close()).toMatchObject({ kind: 'ignored', reason: 'the handoff goes on in another thread' });
  expect([...open.accepted, ...merged.accepted]).toEqual([]);
});

test('forgetting that is repeated after a crash finds nothing, and a later handoff keeps its record', async () => {
  using it = await setup();
  const find = () => it.conversations.byThread(portal, threadId);
  expect(await purge(it.parts, { handoff: await find(), threadId })).toEqual(delivered);
  expect(await it.conversations.find(first)).toBeUndefined();
  expect(await purge(it.parts, { handoff: await find(), threadId })).toMatchObject({ kind: 'ignored' });

  using other = await setup();
  await other.conversations.begin(later, { visitor: { name: 'Ada' }, before: first.handoffId });
  await purge(other.parts, { handoff: first, threadId });
  expect(await other.conversations.find(first)).toMatchObject({ handoffId: later.handoffId, visitor: { name: 'Ada' } });
  expect(await other.conversations.byThread(portal, threadId)).toBeUndefined();
});
