import type { OpenCarrier } from '../carriers/carrier.ts';
import { openParley } from '../carriers/parley.ts';
import { openPlainBullmq } from '../carriers/plain-bullmq.ts';
import { drain } from '../drain.ts';
import { atLeast, atMost, type Figure } from '../figure.ts';
import type { Spread } from '../messages.ts';
import { interleaved } from '../rounds.ts';
import type { Row, Size } from '../row.ts';

const MESSAGES: Record<Size, number> = { tiny: 400, usual: 20_000, nightly: 100_000 };
const ROUNDS: Record<Size, number> = { tiny: 1, usual: 3, nightly: 7 };

interface Load {
  readonly handlerMs: number;
  readonly spread: Spread;
  /** Parley's share of what plain BullMQ delivers. */
  readonly wanted: number;
}

const FEW = { conversations: 200, accounts: 20 };
const MANY = { conversations: 1_000, accounts: 100 };

const LOADS: readonly Load[] = [
  { handlerMs: 0, spread: FEW, wanted: 1.2 },
  { handlerMs: 20, spread: FEW, wanted: 1.3 },
  { handlerMs: 20, spread: MANY, wanted: 1.3 },
];

export const pipeline: Row = {
  name: 'pipeline',
  about: (size) =>
    `${MESSAGES[size].toLocaleString('en')} messages wait, then one worker delivers them to a handler that takes 0 or 20 ms`,
  async measure(size) {
    const figures: Figure[] = [];
    for (const load of LOADS) figures.push(...(await compare(load, size)));
    return figures;
  },
};

async function compare({ handlerMs, spread, wanted }: Load, size: Size): Promise<Figure[]> {
  const run = (open: OpenCarrier) => () => drain(open, { handlerMs, spread, messages: MESSAGES[size] });
  const medians = await interleaved(ROUNDS[size], {
    'plain BullMQ': run(openPlainBullmq),
    Parley: run(openParley),
  });
  const perSecond = medians('perSecond');
  const redisUs = medians('redisUs');
  const bytes = medians('bytes');
  const load = `${handlerMs} ms, ${spread.conversations.toLocaleString('en')} conversations`;
  return [
    {
      what: `delivered (${load})`,
      unit: '/s',
      values: perSecond,
      goal: atLeast({ wanted, of: 'Parley', to: 'plain BullMQ' }, perSecond),
    },
    {
      what: `Redis CPU a message (${load})`,
      unit: 'µs',
      values: redisUs,
      goal: atMost({ wanted: 120, of: 'Parley' }, redisUs),
    },
    {
      what: `Redis memory a message (${load})`,
      unit: 'B',
      values: bytes,
      goal: atMost({ wanted: 600, of: 'Parley' }, bytes),
    },
  ];
}
