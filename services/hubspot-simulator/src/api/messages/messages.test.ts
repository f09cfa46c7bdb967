import { describe, expect, test } from '@jest/globals';
import { oneThread } from '../../testing/one-thread.ts';
import { MESSAGES } from '../../testing/setup.ts';

describe('a delivery report', () => {
  test.each([['SENT'], ['READ']])('%s becomes the status of an agent message', async (statusType) => {
    await using it = await oneThread();
    const id = it.hubspot.agent.reply(it.threadId, 'Hi');
    const answer = await it.call('PATCH', `${MESSAGES}/${id}`, { statusType });
    expect(answer).toMatchObject({ status: 200, body: { id, status: { statusType }, updatedAt: expect.any(String) } });
  });

  test('FAILED keeps its reason', async () => {
    await using it = await oneThread();
    const id = it.hubspot.agent.reply(it.threadId, 'Hi');
    const report = { statusType: 'FAILED', errorMessage: 'The visitor has left' };
    expect((await it.call('PATCH', `${MESSAGES}/${id}`, report)).body.status).toEqual({
      statusType: 'FAILED',
      failureDetails: { errorMessage: 'The visitor has left', errorMessageTokens: {} },
    });
  });

  test('is refused for another status, another field, a visitor message and an unknown one', async () => {
    await using it = await oneThread();
    const id = it.hubspot.agent.reply(it.threadId, 'Hi');
    for (const body of [{ statusType: 'RECEIVED' }, {}, { statusType: 'SENT', text: 'x' }])
      expect((await it.call('PATCH', `${MESSAGES}/${id}`, body)).status).toBe(400);
    expect((await it.call('PATCH', `${MESSAGES}/${it.message.id}`, { statusType: 'READ' })).status).toBe(400);
    expect((await it.call('PATCH', `${MESSAGES}/nothing`, { statusType: 'READ' })).status).toBe(404);
  });
});
