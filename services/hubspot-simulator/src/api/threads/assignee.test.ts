import { expect, test } from '@jest/globals';
import { oneThread } from '../../testing/one-thread.ts';

test('a thread can be given to an agent of the account, by PUT as by POST, and to nobody', async () => {
  await using it = await oneThread();
  it.hubspot.agent.assign(it.threadId, 'Leslie K');
  const { assignedTo } = it.hubspot.thread(it.threadId);
  expect(await it.call('DELETE', `${it.path}/assignee`)).toMatchObject({ status: 204, body: '' });
  expect((await it.call('GET', it.path)).body).not.toHaveProperty('assignedTo');
  for (const method of ['PUT', 'POST'])
    expect((await it.call(method, `${it.path}/assignee`, { actorId: assignedTo })).body).toMatchObject({ assignedTo });
});

test('a thread is given to nobody that the account does not have', async () => {
  await using it = await oneThread();
  const answer = await it.call('PUT', `${it.path}/assignee`, { actorId: 'A-1' });
  expect(answer).toMatchObject({ status: 400, body: { context: { actorId: ['A-1'] } } });
});
