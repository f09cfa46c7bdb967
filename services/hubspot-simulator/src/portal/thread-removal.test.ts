import { describe, expect, test } from '@jest/globals';
import { conversation } from '../testing/conversation.ts';
import { THREADS } from '../testing/setup.ts';

const OTHER = '5a9ddc8f-2c23-4a52-a30b-0b4a1a2f9b11';

/** What the app has heard, in short. */
const heard = (it: Awaited<ReturnType<typeof conversation>>) =>
  it.bridge
    .at('/events')
    .flatMap(({ body }) => body)
    .map(({ subscriptionType, propertyName, propertyValue }) =>
      [subscriptionType, propertyName, propertyValue].filter(Boolean).join(' '),
    );

describe('a thread in the bin', () => {
  test('is found with archived=true only, and the app hears of both ways', async () => {
    await using it = await conversation();
    const path = `${THREADS}/${it.threadId}`;
    expect(await it.call('DELETE', path)).toMatchObject({ status: 204, body: '' });
    expect((await it.call('GET', path)).status).toBe(404);
    expect((await it.call('GET', `${path}?archived=true`)).body).toMatchObject({ archived: true });
    expect((await it.call('PATCH', `${path}?archived=true`, { archived: false })).status).toBe(200);
    expect((await it.call('GET', path)).status).toBe(200);
    await it.settled();
    expect(heard(it)).toEqual([
      'conversation.deletion',
      'conversation.propertyChange isArchived true',
      'conversation.propertyChange isArchived false',
    ]);
  });

  test("takes no more of the visitor's words: they open another", async () => {
    await using it = await conversation();
    it.hubspot.agent.archive(it.threadId);
    expect((await it.publish()).body.conversationsThreadId).not.toBe(it.threadId);
  });
});

describe('a thread deleted for privacy', () => {
  test('is gone with its messages and ids, and the app hears of it', async () => {
    await using it = await conversation();
    const { body: message } = await it.publish({ integrationIdempotencyId: 'one' });
    await it.settled();
    const before = heard(it).length;
    it.hubspot.agent.privacyDelete(it.threadId);
    expect((await it.call('GET', `${THREADS}/${it.threadId}?archived=true`)).status).toBe(404);
    expect((await it.publish({ integrationIdempotencyId: 'one' })).body.id).not.toBe(message.id);
    await it.settled();
    expect(heard(it)[before]).toBe('conversation.privacyDeletion');
  });
});

describe('merged threads', () => {
  test.each(['nothing', 'deletion'] as const)(
    'are one from then on: webhooks name the survivor and both integration thread ids (of the other the app hears %s)',
    async (mergeAnnounces) => {
      await using it = await conversation();
      it.hubspot.configure({ mergeAnnounces });
      const second = await it.publish({ integrationThreadId: OTHER, text: 'in the other' });
      const absorbed: string = second.body.conversationsThreadId;
      it.hubspot.agent.merge(it.threadId, absorbed);
      it.hubspot.agent.reply(it.threadId, 'for both');
      await it.settled();
      const body = it.bridge.at('/channel').at(-1)?.body;
      expect(body).toMatchObject({
        channelIntegrationThreadIds: [it.hubspot.thread(it.threadId).integrationThreadId, OTHER],
        message: { conversationsThreadId: it.threadId, text: 'for both' },
      });
      const after = await it.publish({ integrationThreadId: OTHER, text: 'again' });
      expect(after.body.conversationsThreadId).toBe(it.threadId);
      expect((await it.call('GET', `${THREADS}/${absorbed}`)).status).toBe(404);
      const { body: words } = await it.call('GET', `${THREADS}/${it.threadId}/messages`);
      expect(JSON.stringify(words)).toContain('in the other');
      expect(heard(it).includes('conversation.deletion')).toBe(mergeAnnounces === 'deletion');
    },
  );
});
