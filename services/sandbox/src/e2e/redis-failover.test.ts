import { expect, test } from '@jest/globals';
import { redisProgram } from '@parley/shared/testing/own-redis';
import { ownSentinels } from '@parley/shared/testing/own-sentinels';
import { bring } from '../faults/speech.ts';
import { examined } from './examined.ts';
import { handOff, said, startTestSandbox } from './start.ts';

/** Needs a Redis with sentinels; skipped, visibly, where the machine has no program for it. */
const testWithServer = redisProgram ? test : test.skip;

testWithServer(
  'what was accepted before a failover is delivered after it, once and in order, when Sentinel makes the replica primary',
  async () => {
    await using redis = await ownSentinels();
    await using sandbox = await startTestSandbox({ redisUrl: redis.url });
    const { simulator, environment, secrets } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    const door = { url: environment.PUBLIC_URL ?? '', token: secrets.token };
    const accepted = (text: string) =>
      bring({ door }, { type: 'visitor.message', id: visitor.conversationId, text }, AbortSignal.timeout(40_000));

    simulator.faults.answer(429, { operation: 'publish', times: null, retryAfterSeconds: 1 });
    for (const text of ['one', 'two', 'three']) await accepted(text);
    await redis.failOver();
    simulator.faults.clear();
    await accepted('after');

    await simulator.until(() => said(thread).includes('after'), { timeoutMs: 40_000 });
    await sandbox.settled();
    expect(said(thread).slice(-4)).toEqual(['one', 'two', 'three', 'after']);
    expect((await examined(environment)).failed).toEqual([]);
  },
  90_000,
);
