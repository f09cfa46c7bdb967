import { openParley } from '../carriers/parley.ts';
import { drain } from '../drain.ts';
import { interleaved } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

const MESSAGES: Record<Size, number> = { tiny: 200, usual: 20_000, nightly: 100_000 };
const ROUNDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 7 };
const ACCOUNTS = [1, 20, 500];

export const portals: Row = {
  name: 'portals',
  about: (size) =>
    `${MESSAGES[size]} messages of 1,000 conversations in 1, 20 or 500 accounts, a handler that takes no time`,
  async measure(size) {
    const runs = ACCOUNTS.map((accounts) => {
      const spread = { conversations: 1_000, accounts };
      return [`${accounts}`, () => drain(openParley, { messages: MESSAGES[size], spread, handlerMs: 0 })] as const;
    });
    const medians = await interleaved(ROUNDS[size], Object.fromEntries(runs));
    return [
      { what: 'delivered', unit: '/s', values: medians('perSecond') },
      { what: 'Redis CPU a message', unit: 'µs', values: medians('redisUs') },
    ];
  },
};
