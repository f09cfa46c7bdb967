import { setTimeout as pause } from 'node:timers/promises';
import type { Behaviour } from './recording-bot.ts';
import type { Row } from './row.ts';
import { botRows } from './rows/bot.ts';
import { hubspotRows } from './rows/hubspot.ts';
import { processRows } from './rows/processes.ts';
import { redisRows } from './rows/redis.ts';
import { webhookRows } from './rows/webhooks.ts';
import { ROLES } from './shapes.ts';

const clean: Row = { name: 'clean', what: 'nothing happens', inflict: async () => undefined };

const allAtOnce: Row = {
  name: 'all-at-once',
  long: true,
  apart: true,
  what: 'errors, lost answers, 429, doubled webhooks, a bot that is away, and kills of everything, Redis too',
  inflict: async ({ simulator, bot, bridge, redis, random }) => {
    simulator.faults.add({ kind: 'answer', status: 500, operation: 'publish', times: 5 });
    simulator.faults.add({ kind: 'lose-answer', operation: 'publish', times: 5 });
    simulator.webhooks.add({ kind: 'duplicate', target: 'channel', times: 10 });
    for (let times = 0; times < 3; times += 1) {
      bot.behave(random.oneOf<Behaviour>(['down', 'well', { delayMs: 300 }]));
      await bridge.kill(random.oneOf(ROLES));
      await pause(random.between(0, 500));
    }
    simulator.faults.answer(429, { times: 3, retryAfterSeconds: 1 });
    await redis.stop();
    await pause(random.between(100, 1_000));
    await redis.start();
    bot.behave('well');
  },
};

export const ROWS: readonly Row[] = [
  clean,
  ...hubspotRows,
  ...processRows,
  ...redisRows,
  ...webhookRows,
  ...botRows,
  allAtOnce,
];
