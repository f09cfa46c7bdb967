import {
  ChannelAccountId,
  ContactId,
  ConversationId,
  EventId,
  handoffIdOf,
  MessageId,
  PortalId,
  ThreadId,
} from '@parley/shared/contracts/ids';
import { openConversations } from '@parley/shared/conversations/conversations';
import { connectPatient } from '@parley/shared/redis/connect';
import { startBenchRedis } from '../bench-redis.ts';
import { NAMESPACE, openParley } from '../carriers/parley.ts';
import { fill } from '../messages.ts';
import type { Row, Size } from '../row.ts';

const REMEMBERED: Record<Size, number> = { tiny: 200, usual: 20_000, nightly: 200_000 };
const CONVERSATIONS: Record<Size, number> = { tiny: 20, usual: 5_000, nightly: 50_000 };
const SPREAD = { conversations: 200, accounts: 20 };

export const memory: Row = {
  name: 'memory',
  about: (size) =>
    `what Redis keeps when all is delivered: ${REMEMBERED[size]} ids of events for seven days, ${CONVERSATIONS[size]} conversations for ninety`,
  async measure(size) {
    return [
      { what: 'a remembered id', unit: 'B', values: { Parley: await perId(REMEMBERED[size]) } },
      { what: 'an idle conversation', unit: 'B', values: { Parley: await perConversation(CONVERSATIONS[size]) } },
    ];
  },
};

async function perId(messages: number): Promise<number> {
  await using redis = await startBenchRedis();
  await using carrier = await openParley(redis.url);
  const before = await redis.memory();
  await fill(carrier, SPREAD, { to: messages });
  let left = messages;
  const all = Promise.withResolvers<void>();
  const worker = await carrier.work(async () => {
    left -= 1;
    if (left === 0) all.resolve();
  });
  await all.promise;
  await worker[Symbol.asyncDispose]();
  return ((await redis.memory()) - before) / messages;
}

/** As a handoff leaves it: who the visitor is, the handoff, its thread, and the ways between them. */
async function perConversation(count: number): Promise<number> {
  await using redis = await startBenchRedis();
  await using stack = new AsyncDisposableStack();
  const connection = stack.adopt(connectPatient(redis.url), (opened) => opened.disconnect());
  await connection.connect();
  const conversations = openConversations({ redis: connection, namespace: NAMESPACE });
  const account = ChannelAccountId.parse('898158620');
  const portal = PortalId.parse('48448169');
  const before = await redis.memory();
  for (let n = 0; n < count; n += 1) {
    const conversation = ConversationId.parse(`chat-${n}`);
    const entry = { account, conversation, handoffId: handoffIdOf(account, EventId.parse(`evt-${n}`)) };
    const threadId = ThreadId.parse(String(9_000_000_000 + n));
    await conversations.begin(entry, { visitor: { name: 'Ada Lovelace', email: `ada-${n}@example.com` } });
    await conversations.save(entry, {
      threadId,
      contactId: ContactId.parse(String(80_000_000_000 + n)),
      lastMessageId: MessageId.parse(`message-${n}`),
      lastPublishedAt: Date.now(),
    });
    await conversations.indexThread({ portal, threadId }, entry);
    await conversations.move(entry, ['waiting'], 'bot');
  }
  return ((await redis.memory()) - before) / count;
}
