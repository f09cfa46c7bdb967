import { expect, test } from '@jest/globals';
import { ownRedis, redisProgram } from '@parley/shared/testing/own-redis';
import { handOff, said, startTestSandbox } from './start.ts';

/** Needs a Redis that can be killed and started again; skipped, visibly, where the machine has no program for it. */
const testWithServer = redisProgram ? test : test.skip;

testWithServer(
  'a Redis that is killed in mid-conversation and comes back loses nothing, doubles nothing and keeps the order',
  async () => {
    await using redis = await ownRedis();
    await redis.start();
    await using sandbox = await startTestSandbox({ redisUrl: redis.url });
    const { simulator } = sandbox;
    simulator.configure({ channelAttempts: 60 });
    const { visitor, thread } = await handOff(sandbox);
    visitor.say('before');
    simulator.agent.reply(thread.id, 'first');

    await redis.stop();
    for (const text of ['one', 'two', 'three']) visitor.say(text);
    for (const text of ['second', 'third']) simulator.agent.reply(thread.id, text);
    await simulator.until(() => simulator.webhooks.deliveries().some(({ attempts }) => attempts.length > 1));
    await redis.start();

    const agentSaid = () =>
      visitor
        .lines()
        .filter((line) => line.from === 'agent')
        .map((line) => line.text);
    await simulator.until(() => said(thread).length === 8, { timeoutMs: 40_000 });
    await visitor.until(() => agentSaid().length === 3, 40_000);
    await sandbox.settled();
    expect(
      said(thread)
        .filter((text) => !agentSaid().includes(text))
        .slice(1),
    ).toEqual(['before', 'one', 'two', 'three']);
    // HubSpot repeats its webhooks in no promised order, so only what was said in one go is held against them.
    expect(agentSaid().toSorted()).toEqual(['first', 'second', 'third']);
  },
  90_000,
);
