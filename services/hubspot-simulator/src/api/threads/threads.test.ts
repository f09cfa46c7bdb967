import { describe, expect, test } from '@jest/globals';
import { oneThread } from '../../testing/one-thread.ts';
import { ACCOUNT, CHANNEL, THREADS } from '../../testing/setup.ts';

describe('a thread', () => {
  test('is read with its times, its visitor and its agent', async () => {
    await using it = await oneThread();
    it.hubspot.agent.reply(it.threadId, 'Hi');
    const { status, body } = await it.call('GET', it.path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: it.threadId,
      status: 'OPEN',
      originalChannelId: CHANNEL,
      originalChannelAccountId: ACCOUNT,
      inboxId: '481939',
      spam: false,
      archived: false,
      assignedTo: 'A-2620022',
      latestMessageReceivedTimestamp: '2026-11-02T10:05:00.123Z',
    });
    expect(`V-${body.associatedContactId}`).toBe(it.message.createdBy);
    expect((await it.call('GET', `${THREADS}/1`)).status).toBe(404);
  });

  test('is closed by PATCH, in both path families, and nothing else can be set', async () => {
    await using it = await oneThread();
    const closed = await it.call('PATCH', `/conversations/conversations/2026-09/threads/${it.threadId}`, {
      status: 'CLOSED',
    });
    expect(closed).toMatchObject({ status: 200, body: { status: 'CLOSED', closedAt: expect.any(String) } });
    for (const body of [{}, { status: 'ARCHIVED' }, { status: 'OPEN', subject: 'x' }])
      expect((await it.call('PATCH', it.path, body)).status).toBe(400);
  });

  test('lists messages, comments, assignments and changes of status, newest first unless asked', async () => {
    await using it = await oneThread();
    it.hubspot.agent.reply(it.threadId, 'Hi');
    it.hubspot.agent.comment(it.threadId, 'looks angry');
    it.hubspot.agent.close(it.threadId);
    const oldestFirst = ['MESSAGE', 'ASSIGNMENT', 'MESSAGE', 'COMMENT', 'THREAD_STATUS_CHANGE'];
    const typesOf = async (query: string) =>
      (await it.call('GET', `${it.path}/messages${query}`)).body.results.map(({ type }: { type: string }) => type);
    expect(await typesOf('?sort=createdAt')).toEqual(oldestFirst);
    expect(await typesOf('')).toEqual(oldestFirst.toReversed());
    expect((await it.call('GET', `${it.path}/messages?sort=text`)).status).toBe(400);
  });

  test("has an agent's message cut at the limit, and whole for who asks for it", async () => {
    await using it = await oneThread();
    it.hubspot.configure({ maxReplyText: 12 });
    const id = it.hubspot.agent.reply(it.threadId, 'a word & another', { richText: '<b>a word</b> &amp; another' });
    const short = it.hubspot.agent.reply(it.threadId, 'a', { richText: '<b>a</b>' });
    const { body } = await it.call('GET', `${it.path}/messages`);
    expect(body.results).toContainEqual(
      expect.objectContaining({ id, text: 'a word & ano', richText: '<b>a word</b', truncationStatus: 'TRUNCATED' }),
    );
    const original = (messageId: string, thread = it.path) =>
      it.call('GET', `${thread}/messages/${messageId}/original-content`);
    expect(await original(id)).toMatchObject({
      status: 200,
      body: { text: 'a word & another', richText: '<b>a word</b> &amp; another' },
    });
    expect((await original(short)).body).toEqual({ text: 'a', richText: '<b>a</b>' });
    expect((await original('none')).status).toBe(404);
    it.hubspot.agent.privacyDelete(it.threadId);
    expect((await original(id)).status).toBe(404);
  });

  test('gives its messages page by page, none twice though new ones arrive', async () => {
    await using it = await oneThread();
    for (let minute = 10; minute < 14; minute++)
      await it.publish({ text: `at ${minute}`, timestamp: `2026-11-02T10:${minute}:00.000Z` });
    const first = await it.call('GET', `${it.path}/messages?limit=2`);
    await it.publish({ text: 'new', timestamp: '2026-11-02T10:59:00.000Z' });
    const after = first.body.paging.next.after;
    const second = await it.call('GET', `${it.path}/messages?limit=100&after=${after}`);
    const texts = [...first.body.results, ...second.body.results].map(({ text }) => text);
    expect(texts).toEqual(['at 13', 'at 12', 'at 11', 'at 10', 'I need a human']);
    expect(second.body).not.toHaveProperty('paging');
    expect((await it.call('GET', `${it.path}/messages?limit=501`)).status).toBe(400);
  });
});
