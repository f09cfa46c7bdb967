import { setTimeout as pause } from 'node:timers/promises';
import type { Behaviour } from '../recording-bot.ts';
import type { Row } from '../row.ts';

const bot = (name: string, what: string, { behaviour, forMs }: { behaviour: Behaviour; forMs: number }): Row => ({
  name,
  what,
  inflict: async (world) => {
    world.bot.behave(behaviour);
    await pause(forMs);
    world.bot.behave('well');
  },
});

export const botRows: readonly Row[] = [
  bot('bot-down', 'the bot is down for forty seconds (four)', { behaviour: 'down', forMs: 4_000 }),
  bot('bot-slow', 'the bot takes a second for each call', { behaviour: { delayMs: 1_000 }, forMs: 4_000 }),
  bot('bot-410', 'the bot takes some messages never', { behaviour: 'gone', forMs: 1_500 }),
];
