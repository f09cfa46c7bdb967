import { expect, test } from '@jest/globals';
import type { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import { ChannelAccountId, ConversationId, EventId, handoffIdOf, MessageId } from '@parley/shared/contracts/ids';
import { TerminalError } from '@parley/shared/failures';
import { delivered } from '@parley/shared/queues/outcome';
import { first, portal, testConversations, threadId } from '@parley/shared/testing/test-conversations';
import { createDispatch } from './dispatch.ts';
import { createLookPatiently } from './look-patiently.ts';

const account = ChannelAccountId.parse('770077');
/** Of another bot, in the same portal. */
const others = {
  account,
  conversation: ConversationId.parse('of-the-other-bot'),
  handoffId: handoffIdOf(account, EventId.parse('e-1')),
};

const words = {
  kind: 'agent-message' as const,
  threadId,
  handoffIds: [],
  messageId: MessageId.parse('m-1'),
  agent: { id: 'A-1' },
  text: 'for one of you',
  sentAt: '2026-11-02T10:00:00.000Z',
};

const accepting = async () => ({ accepted: 1, duplicate: 0 });
const unasked = () => Promise.reject(new Error('HubSpot is not to be asked'));

/** A thread in which a handoff of the bot's began, and then one of another bot's. */
async function setup() {
  const conversations = await testConversations();
  for (const handoff of [first, others]) {
    await conversations.begin(handoff, { visitor: {} });
    await conversations.indexThread({ portal, threadId }, handoff, handoff === others ? 2 : 1);
  }
  const told: string[] = [];
  const dispatch = createDispatch({
    portal,
    conversations,
    closing: { graceMs: 0 },
    lookPatiently: createLookPatiently({ lookAgainMs: 5_000, patienceMs: 60_000 }),
    hubspot: { readThread: unasked, readReplies: unasked, findThread: unasked, readWhole: unasked },
    findProfile: async () => ({}),
    files: {
      portal,
      apiUrl: 'https://api.hubapi.com',
      links: { linkTo: () => ({ url: 'https://parley.example', expiresAt: words.sentAt }) },
    },
    callBot: async ({ conversationId }) => {
      told.push(conversationId);
      return delivered;
    },
    acceptReport: accepting,
    acceptAgentDelivery: accepting,
  });
  const inLane = (lane: string, delivery: AgentDelivery = words) =>
    dispatch(delivery, { number: 1, eventId: 'm-1', lane, acceptedAt: 0, replayed: false });
  return { told, inLane, [Symbol.dispose]: () => conversations[Symbol.dispose]() };
}

test("an agent's words go to the conversation in whose lane they stand, whoever came into the thread since", async () => {
  using it = await setup();
  await it.inLane(`${first.account}/${first.conversation}`);
  expect(it.told).toEqual([first.conversation]);
});

test('words that nobody knew go to the conversation of their own account alone', async () => {
  using it = await setup();
  await it.inLane(`${first.account}/unknown-thread-${threadId}`);
  expect(it.told).toEqual([first.conversation]);
});

test('words whose conversation is forgotten go to nobody else', async () => {
  using it = await setup();
  await expect(it.inLane(`${first.account}/forgotten`)).rejects.toThrow(TerminalError);
  expect(it.told).toEqual([]);
});

test('words that HubSpot cut wait for the rest of them, however long ago they were accepted', async () => {
  using it = await setup();
  const cut = { ...words, truncated: { attachments: [] } };
  const dispatched = it.inLane(`${first.account}/${first.conversation}`, cut);
  await expect(dispatched).rejects.toMatchObject({ name: 'NotYet', forMs: 5_000 });
  expect(it.told).toEqual([]);
});
