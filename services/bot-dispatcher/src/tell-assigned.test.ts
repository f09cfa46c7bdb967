import { expect, test } from '@jest/globals';
import type { EventToBot } from '@parley/shared/contracts/event-to-bot';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import { delivered } from '@parley/shared/queues/outcome';
import { first, later, portal, testConversations, threadId } from '@parley/shared/testing/test-conversations';
import { tellAssigned } from './tell-assigned.ts';

const ASSIGNED = {
  kind: 'thread-assigned' as const,
  threadId,
  handoffIds: [first.handoffId],
  agentId: 'A-1',
  assignedAt: '2026-11-02T10:00:00.000Z',
};

/** A conversation with the agents. */
async function setup() {
  const conversations = await testConversations();
  await conversations.begin(first, { visitor: { name: 'Ada' } });
  await conversations.indexThread({ portal, threadId }, first);
  const told: EventToBot[] = [];
  const parts = {
    conversations,
    findProfile: async () => ({ name: 'Grace', avatarUrl: 'https://avatars.example/grace.png' }),
    callBot: async (event: EventToBot) => {
      told.push(event);
      return delivered;
    },
  };
  const tell = (eventId = 'assigned-12-A-1-1') =>
    tellAssigned(parts, { handoff: first, assigned: ASSIGNED }, { eventId });
  return { conversations, told, parts, tell, [Symbol.dispose]: () => conversations[Symbol.dispose]() };
}

test('the bot hears who has the thread, by name and picture, and from when', async () => {
  using it = await setup();
  expect(await it.tell()).toEqual(delivered);
  expect(it.told).toEqual([
    {
      id: expect.stringMatching(/^assigned-/),
      type: 'handoff.assigned',
      conversationId: first.conversation,
      occurredAt: ASSIGNED.assignedAt,
      data: {
        handoffId: first.handoffId,
        agent: { id: 'A-1', name: 'Grace', avatarUrl: 'https://avatars.example/grace.png' },
      },
    },
  ]);
});

test('one assignment is one event, though we died before we knew that the bot has it; the next one is another', async () => {
  using it = await setup();
  for (const id of ['assigned-12-A-1-1', 'assigned-12-A-1-1', 'assigned-12-A-1-2']) await it.tell(id);
  const [one, again, next] = it.told.map(({ id }) => id);
  expect([again === one, next === one]).toEqual([true, false]);
});

test('until the bot is being told that a handoff is over, the agents have it', async () => {
  using it = await setup();
  await it.conversations.move(first, ['waiting'], 'with-agent');
  expect(await it.tell()).toEqual(delivered);
  for (const state of ['handing-back', 'bot', 'closed'] as const) {
    await it.conversations.move(first, ['with-agent', 'handing-back', 'bot'], state);
    expect(await it.tell()).toEqual({ kind: 'ignored', reason: 'the handoff is over' });
  }
  expect(it.told).toHaveLength(1);
});

test('an assignment in an earlier handoff is not told in a later one, nor after the conversation is forgotten', async () => {
  using it = await setup();
  await it.conversations.begin(later, { visitor: {}, before: first.handoffId });
  expect(await it.tell()).toMatchObject({ kind: 'ignored', reason: 'the handoff is over' });
  const forgotten = await tellAssigned(it.parts, { handoff: undefined, assigned: ASSIGNED }, { eventId: 'assigned-1' });
  expect(forgotten).toMatchObject({ kind: 'ignored', reason: 'nothing is known of this thread any more' });
  expect(it.told).toEqual([]);
});

test.each([
  ['refuses it', new TerminalError('the bot answered 410')],
  ['is in trouble', new RetryableError('the bot answered 500')],
])('a bot that %s is not asked again, so that no words wait for it', async (_what, failure) => {
  using it = await setup();
  const callBot = () => Promise.reject(failure);
  const told = tellAssigned(
    { ...it.parts, callBot },
    { handoff: first, assigned: ASSIGNED },
    { eventId: 'assigned-1' },
  );
  expect(await told).toEqual({ kind: 'ignored', reason: failure.message });
});
