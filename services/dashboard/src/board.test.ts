import { appRoutes } from '@bull-board/api/dist/routes.js';
import { expect, test } from '@jest/globals';
import { startBench } from './testing/bench.ts';

/** Every route of bull-board's own that is not for reading, filled in for the queue of visitor messages. */
const changing = appRoutes.api.flatMap(({ method, route }) =>
  [method]
    .flat()
    .filter((verb) => verb !== 'get')
    .flatMap((verb) => [route].flat().map((path) => [verb.toUpperCase(), `/queues${filled(path)}`] as const)),
);

function filled(path: string): string {
  return path.replace(':queueName', 'visitor-messages').replace(':queueStatus', 'failed').replace(/:\w+/g, 'some-id');
}

test('bull-board refuses every call that would change something, also of an operator', async () => {
  await using bench = await startBench();
  const browser = await bench.signIn();
  await bench.queue.letters.add('dead-letter', {}, { jobId: 'some-id' });

  const answers = await Promise.all(changing.map(async ([verb, path]) => (await browser.send(verb, path)).status));
  expect(answers.length).toBeGreaterThan(10);
  expect(new Set(answers)).toEqual(new Set([403]));
  expect((await browser.send('DELETE', '/queues/api/queues/visitor-messages-dead/some-id')).status).toBe(403);
  expect(await bench.queue.turns.isPaused()).toBe(false);
  expect(await bench.queue.letters.getWaitingCount()).toBe(1);
});

test('bull-board shows the turns and the dead letters of every queue, read-only', async () => {
  await using bench = await startBench();
  const browser = await bench.signIn();
  const { queues } = JSON.parse((await browser.get('/queues/api/queues')).text);
  expect(queues).toHaveLength(8);
  for (const queue of queues) expect(queue).toMatchObject({ readOnlyMode: true, allowRetries: false });
});

test("bull-board's page takes nothing from another host", async () => {
  await using bench = await startBench();
  const page = await (await bench.signIn()).get('/queues');
  expect(page.status).toBe(200);
  expect(page.text).toContain('static/js/main');
  expect(page.text).not.toMatch(/(href|src)="(https?:)?\/\//);
});
