import { expect, test } from '@jest/globals';
import { createLogger } from '../logging/logger.ts';
import { type AttemptLine, createTelemetry, type Telemetry } from './telemetry.ts';

function setup() {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({ service: 'test' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const telemetry = createTelemetry(logger);
  const samples = async () =>
    (await telemetry.registry.metrics()).split('\n').filter((line) => /^\w.* [1-9]/.test(line));
  return { telemetry, lines, samples };
}

const attempt: AttemptLine = {
  queue: 'visitor-messages',
  lane: '1/chat-1',
  eventId: 'evt-1',
  attempt: 1,
  outcome: 'delivered',
  durationMs: 12,
  ageMs: 700,
};

const WARN = 40;
const INFO = 30;
const ERROR = 50;

const events: [string, (telemetry: Telemetry) => void, number, string[]][] = [
  [
    'accepted',
    (telemetry) => telemetry.accepted({ route: '/v1/events', accepted: 3, duplicate: 2 }),
    INFO,
    ['parley_accepted_total{route="/v1/events"} 3', 'parley_duplicate_total{route="/v1/events"} 2'],
  ],
  [
    'refused',
    (telemetry) => telemetry.refused({ route: '/v1/events', status: 401, reason: 'no token' }),
    WARN,
    ['parley_refused_total{route="/v1/events",status="401"} 1'],
  ],
  [
    'ignored',
    (telemetry) => telemetry.ignored({ route: '/v1/hubspot', reason: 'unknown type', detail: 'contact.creation' }),
    INFO,
    ['parley_ignored_total{route="/v1/hubspot",reason="unknown type"} 1'],
  ],
  [
    'healed',
    (telemetry) => telemetry.healed({ queue: 'agent-messages', lanes: 2 }),
    WARN,
    ['parley_healed_total{queue="agent-messages"} 2'],
  ],
];

test.each(events)('%s is one line and one count', async (name, happen, level, counted) => {
  const { telemetry, lines, samples } = setup();
  happen(telemetry);
  expect(lines).toMatchObject([{ msg: name, level }]);
  expect(await samples()).toEqual(counted);
});

test.each([
  ['delivered', INFO],
  ['duplicate', INFO],
  ['ignored', INFO],
  ['snoozed', INFO],
  ['retried', WARN],
  ['dead', ERROR],
] as const)('an attempt that ended as %s is one line, loud enough, and one count', async (outcome, level) => {
  const { telemetry, lines, samples } = setup();
  telemetry.attempted({ ...attempt, outcome, reason: 'because' });
  expect(lines).toMatchObject([{ ...attempt, msg: 'attempted', outcome, level, reason: 'because' }]);
  const counts = (await samples()).filter((line) => line.startsWith('parley_attempts_total'));
  expect(counts).toEqual([`parley_attempts_total{queue="visitor-messages",outcome="${outcome}"} 1`]);
});

test('the time from acceptance to delivery is measured for what was delivered, and for nothing else', async () => {
  const { telemetry } = setup();
  telemetry.attempted({ ...attempt, outcome: 'dead', ageMs: 900_000 });
  telemetry.attempted(attempt);
  expect(await telemetry.registry.metrics()).toContain('parley_delivery_seconds_sum{queue="visitor-messages"} 0.7\n');
});

test('no label holds an id, so that the number of series stays small', async () => {
  const { telemetry } = setup();
  telemetry.attempted(attempt);
  for (const [, happen] of events) happen(telemetry);
  expect(await telemetry.registry.metrics()).not.toMatch(/chat-1|evt-1|contact\.creation/);
});
