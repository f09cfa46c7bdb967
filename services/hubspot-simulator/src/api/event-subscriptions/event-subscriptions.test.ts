import { describe, expect, test } from '@jest/globals';
import { conversation } from '../../testing/conversation.ts';
import { DEVELOPER_KEY, setup } from '../../testing/setup.ts';

const ROOT = '/webhooks/2026-03/123456';
const TARGET = 'https://bridge.example/events';

describe('the event subscriptions of an app', () => {
  test('are told to its developer: where they go, and each with its property', async () => {
    await using it = await setup({ eventsWebhookUrl: TARGET });
    expect((await it.asDeveloper('GET', `${ROOT}/settings`)).body).toMatchObject({ targetUrl: TARGET });
    const { body } = await it.asDeveloper('GET', `${ROOT}/subscriptions`);
    expect(body.results).toContainEqual(
      expect.objectContaining({ eventType: 'conversation.propertyChange', propertyName: 'status', active: true }),
    );
  });

  test.each([
    ['a wrong key', `${ROOT}/settings?hapikey=wrong`, 401],
    ['the key for another app', `/webhooks/2026-03/1/settings?hapikey=${DEVELOPER_KEY}`, 404],
  ])('are closed to %s', async (_what, path, status) => {
    await using it = await setup({ eventsWebhookUrl: TARGET });
    expect((await fetch(it.hubspot.url + path)).status).toBe(status);
  });

  test("are not told for a project's app, nor the address of an app that has none", async () => {
    await using it = await setup();
    expect((await it.asDeveloper('GET', `${ROOT}/settings`)).status).toBe(404);
    it.hubspot.app.kind = 'project';
    expect((await it.asDeveloper('GET', `${ROOT}/subscriptions`)).status).toBe(404);
  });

  test('decide what the app hears: of what is paused it hears nothing', async () => {
    await using it = await conversation();
    for (const one of it.hubspot.app.subscriptions) one.active = one.propertyName !== 'status';
    it.hubspot.agent.close(it.threadId);
    it.hubspot.agent.comment(it.threadId, 'closed');
    await it.settled();
    const heard = it.bridge.at('/events').flatMap(({ body }) => body);
    expect(heard).toContainEqual(expect.objectContaining({ messageType: 'COMMENT' }));
    expect(heard.filter(({ propertyName }) => propertyName === 'status')).toEqual([]);
  });
});
