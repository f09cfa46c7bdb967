import { describe, expect, test } from '@jest/globals';
import { ContactId } from '../contracts/ids.ts';
import { first, later, portal, testConversations, threadId } from '../testing/test-conversations.ts';
import { isHandedOff } from './conversation.ts';

describe('a handoff', () => {
  test('begins waiting, with what is known of the visitor', async () => {
    using it = await testConversations();
    expect(await it.find(first)).toBeUndefined();
    const about = { visitor: { name: 'Ada' }, contactId: ContactId.parse('7') };
    await it.begin(first, about);
    const found = await it.find(first);
    expect(found).toEqual({ ...about, state: 'waiting', handoffId: first.handoffId, lastPublishedAt: 0 });
    expect(isHandedOff(found)).toBe(true);
  });

  test('that begins later forgets the thread, the contact and nothing else', async () => {
    using it = await testConversations();
    await it.begin(first, { visitor: { name: 'Ada' }, contactId: ContactId.parse('7') });
    await it.save(first, { threadId, lastPublishedAt: 500 });
    await it.begin(later, { visitor: { name: 'Ada' }, before: first.handoffId });
    expect(await it.find(first)).toEqual({
      state: 'waiting',
      handoffId: later.handoffId,
      visitor: { name: 'Ada' },
      lastPublishedAt: 500,
    });
  });

  test('does not begin when the conversation is in another one by now, as a process that slept may think', async () => {
    using it = await testConversations();
    await it.begin(first, { visitor: {} });
    await it.begin(later, { visitor: { name: 'Ada' }, before: first.handoffId });
    expect(await it.begin(first, { visitor: {} })).toBe(false);
    await it.save(first, { threadId });
    expect(await it.find(first)).toMatchObject({ handoffId: later.handoffId, visitor: { name: 'Ada' } });
    expect(await it.find(first)).not.toHaveProperty('threadId');
  });

  test('never puts an earlier time in the place of a later one', async () => {
    using it = await testConversations();
    await it.begin(first, { visitor: {} });
    await it.save(first, { lastPublishedAt: 700 });
    await it.save(first, { lastPublishedAt: 600 });
    expect((await it.find(first))?.lastPublishedAt).toBe(700);
  });
});

describe('a move', () => {
  test('goes on from a state that it names, once', async () => {
    using it = await testConversations();
    await it.begin(first, { visitor: {} });
    expect(await it.move(first, ['waiting'], 'with-agent')).toBe(true);
    expect(await it.move(first, ['waiting'], 'with-agent')).toBe(false);
    expect(await it.move(first, ['waiting', 'with-agent'], 'bot')).toBe(true);
    expect((await it.find(first))?.state).toBe('bot');
  });

  test('of an earlier handoff, or of a conversation that nobody knows, changes nothing', async () => {
    using it = await testConversations();
    expect(await it.move(first, ['bot', 'waiting'], 'closed')).toBe(false);
    expect(await it.find(first)).toBeUndefined();
    await it.begin(later, { visitor: {} });
    expect(await it.move(first, ['waiting', 'with-agent'], 'bot')).toBe(false);
    expect((await it.find(first))?.state).toBe('waiting');
  });
});

test('what is saved keeps the other fields, and all of it is forgotten 90 days after the last change', async () => {
  using it = await testConversations();
  const { handoffId: _none, ...neverHandedOff } = first;
  await it.save(neverHandedOff, { visitor: { email: 'ada@example.com' } });
  expect(await it.find(first)).toMatchObject({ state: 'bot', visitor: { email: 'ada@example.com' } });
  await it.begin(first, { visitor: { email: 'ada@example.com' } });
  await it.indexThread({ portal, threadId }, first);
  await it.save(first, { threadId });
  expect(await it.find(first)).toMatchObject({
    state: 'waiting',
    threadId,
    visitor: { email: 'ada@example.com' },
  });
  const keys = (await it.redis.keys(`${it.namespace}:*`)).filter((key) => !key.includes(':watched:')); // of all conversations
  expect(keys.length).toBeGreaterThanOrEqual(3);
  for (const key of keys) expect(await it.redis.ttl(key)).toBeGreaterThan(89 * 24 * 3600);
});
