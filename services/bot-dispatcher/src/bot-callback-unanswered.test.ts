import { expect, test } from '@jest/globals';
import { answeringBot, event } from './testing/answering-bot.ts';

test('a refused connection is retried, and it is certain that the bot did not get the event', async () => {
  const it = await answeringBot({ status: 200 });
  await it[Symbol.asyncDispose]();
  const failure = await it.failure();
  expect(failure).toMatchObject({ name: 'RetryableError', certain: true });
  expect(failure.message).toBe('the bot could not be reached for agent.message msg-1: ECONNREFUSED');
});

test('a connection that breaks after the bot has read the event is retried, and nothing is certain', async () => {
  await using it = await answeringBot('reset');
  expect(await it.failure()).toMatchObject({ name: 'RetryableError', certain: false });
  expect(it.bot.heard).toHaveLength(1);
});

test('a bot that never answers is given up within the bound, and nothing is certain', async () => {
  await using it = await answeringBot('hang');
  const failure = await it.failure(100);
  await it.bot.givenUp;
  expect(failure).toMatchObject({ name: 'RetryableError', certain: false });
  expect(failure.message).toBe('the bot did not answer agent.message msg-1 within 0.1 s');
});

test('no failure repeats the words of the agent or the secret', async () => {
  await using it = await answeringBot('reset', { status: 500, body: event.data }, { status: 410 });
  for (let attempt = 0; attempt < 3; attempt++)
    expect(String(await it.failure())).not.toMatch(/on its way|whsec_|a2tra/);
});
