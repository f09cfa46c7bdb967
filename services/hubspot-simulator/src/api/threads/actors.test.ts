import { describe, expect, test } from '@jest/globals';
import { oneThread } from '../../testing/one-thread.ts';
import { setup } from '../../testing/setup.ts';

describe('inboxes and actors', () => {
  test('the inbox that the channel is connected to is listed', async () => {
    await using it = await setup();
    const { body } = await it.call('GET', '/conversations/v3/conversations/inboxes');
    expect(body).toMatchObject({ total: 1, results: [{ id: '481939', type: 'INBOX' }] });
    expect((await it.call('GET', '/conversations/v3/conversations/inboxes/481939')).body).toEqual(body.results[0]);
  });

  test('agents, visitors, the app and the system can be asked for by actor id', async () => {
    await using it = await oneThread();
    it.hubspot.agent.reply(it.threadId, 'Hi', { agent: 'Leslie K' });
    const actors = '/conversations/v3/conversations/actors';
    expect((await it.call('GET', `${actors}/A-2620022`)).body).toEqual({
      type: 'AGENT',
      id: 'A-2620022',
      name: 'Leslie K',
    });
    expect((await it.call('GET', `${actors}/A-1`)).status).toBe(404);
    const inputs = [it.message.createdBy, 'I-123456', 'S-hubspot'];
    const all = await it.call('POST', `${actors}/batch/read`, { inputs });
    expect(all.status).toBe(200);
    expect(all.body.results.map(({ type }: { type: string }) => type)).toEqual(['VISITOR', 'INTEGRATOR', 'SYSTEM']);
    const some = await it.call('POST', `${actors}/batch/read`, { inputs: ['A-1', 'S-hubspot'] });
    expect(some).toMatchObject({ status: 207, body: { numErrors: 1, results: [{ id: 'S-hubspot' }] } });
  });
});
