import { ChannelAccountId, ConversationId, EventId, handoffIdOf, PortalId, ThreadId } from '../contracts/ids.ts';
import { openConversations } from '../conversations/conversations.ts';
import type { ThreadReference } from '../conversations/handoff-index.ts';
import { connectPatient } from '../redis/connect.ts';
import { testRedis } from './test-redis.ts';

const account = ChannelAccountId.parse('898158620');
export const portal = PortalId.parse('4711');
export const threadId = ThreadId.parse('12');

export const entry = (conversation: string, request = 'evt-1') => ({
  account,
  conversation: ConversationId.parse(conversation),
  handoffId: handoffIdOf(account, EventId.parse(`${conversation}/${request}`)),
});
/** Two handoffs of one conversation. */
export const first = entry('chat/1');
export const later = entry('chat/1', 'evt-2');

/** The record of conversations on a real Redis, and the connection to look into it. */
export async function testConversations() {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  const conversations = openConversations({ redis, namespace });
  const findHandoff = async (thread: ThreadReference) => (await conversations.findHandoffs(thread))[0];
  const byThread = (of: PortalId, thread: ThreadId) => findHandoff({ portal: of, threadId: thread, handoffIds: [] });
  return { ...conversations, redis, namespace, findHandoff, byThread, [Symbol.dispose]: () => redis.disconnect() };
}
