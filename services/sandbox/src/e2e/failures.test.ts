import { describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { quickLadders } from './quick-ladders.ts';
import { handOff, said, startTestSandbox } from './start.ts';

type Fault = Parameters<Sandbox['simulator']['faults']['add']>[0];

const answer = (status: number, more: Partial<Fault> = {}): Fault => ({ kind: 'answer', status, ...more });

/** Long enough to see who waits. The ladder has as many steps as ever. */
const unhurried = {
  ...quickLadders,
  visitorMessages: { ...quickLadders.visitorMessages, ladder: quickLadders.visitorMessages.ladder.map(() => 700) },
};

/** Two conversations with the agents, and nothing under way. */
async function twoConversations() {
  const sandbox = await startTestSandbox({ catalogue: unhurried });
  const ada = await handOff(sandbox);
  const bob = await handOff(sandbox, { name: 'Bob', email: 'bob@example.com' });
  await sandbox.settled();
  const from = { attempts: sandbox.attempts.length, requests: sandbox.simulator.requests().length };
  return {
    sandbox,
    ada,
    bob,
    fail: (fault: Fault) => sandbox.simulator.faults.add({ operation: 'publish', ...fault }),
    /** Of the words said since. */
    attempts: () => sandbox.attempts.slice(from.attempts).filter((line) => line.queue === 'visitor-messages'),
    calls: () => sandbox.simulator.requests().slice(from.requests),
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}
type Two = Awaited<ReturnType<typeof twoConversations>>;

const spoken = ({ thread }: Two['ada']) => said(thread).slice(1);
const laneOf = ({ visitor }: Two['ada']) => expect.stringContaining(`/${visitor.conversationId}`);

describe('what HubSpot refuses of one message', () => {
  test.each([400, 404, 405, 410, 413, 414, 415, 422])(
    '(%i) is a dead letter at once; the words after it and the other conversation go on',
    async (status) => {
      await using two = await twoConversations();
      const { sandbox, ada, bob } = two;
      two.fail(answer(status));
      ada.visitor.say('refused');
      await sandbox.until(() => two.attempts().length > 0, 'the first words are refused');
      ada.visitor.say('next');
      bob.visitor.say('mine');
      await sandbox.simulator.until(() => spoken(ada).length + spoken(bob).length === 2);
      await ada.visitor.until((lines) => lines.some((line) => line.text === 'refused' && line.delivery === 'failed'));

      expect([spoken(ada), spoken(bob)]).toEqual([['next'], ['mine']]);
      expect(two.attempts().filter((line) => line.outcome !== 'delivered')).toMatchObject([
        { lane: laneOf(ada), attempt: 1, outcome: 'dead' },
      ]);
      const { letters } = await sandbox.letters.visitorMessages.list();
      expect(letters).toMatchObject([{ reason: expect.stringContaining(`HubSpot answered ${status}`) }]);
    },
  );
});

describe('what may pass', () => {
  const rows: [string, Fault][] = [
    ...[408, 500, 502, 503, 504, 521, 522, 523, 524].map((status): [string, Fault] => [`${status}`, answer(status)]),
    ['a closed connection', { kind: 'close' }],
    ['an answer that is lost', { kind: 'lose-answer' }],
  ];

  test.each(rows)('(%s) costs its message an attempt and keeps its conversation alone waiting', async (_, fault) => {
    await using two = await twoConversations();
    const { sandbox, ada, bob } = two;
    two.fail(fault);
    ada.visitor.say('one');
    await sandbox.until(() => two.attempts().length > 0, 'the first words have failed');
    ada.visitor.say('two');
    bob.visitor.say('mine');
    await sandbox.simulator.until(() => spoken(bob).length === 1);
    expect(two.attempts().filter((line) => line.attempt > 1)).toEqual([]); // the other conversation has not begun again
    await sandbox.simulator.until(() => spoken(ada).length === 2);
    await sandbox.settled();

    expect(spoken(ada)).toEqual(['one', 'two']);
    const [failed, ...others] = two.attempts();
    expect(failed).toMatchObject({ lane: laneOf(ada), attempt: 1, outcome: 'retried' });
    expect(others.map((line) => `${line.attempt} ${line.outcome}`).toSorted((a, b) => a.localeCompare(b))).toEqual([
      '1 delivered',
      '1 delivered',
      '2 delivered',
    ]);
  });
});

/** Ada's words meet the fault; everybody speaks while the portal waits. */
async function pausedByAda(two: Two) {
  const { sandbox, ada, bob } = two;
  ada.visitor.say('one');
  await sandbox.until(() => two.attempts().some((line) => line.outcome === 'snoozed'), 'the portal waits');
  ada.visitor.say('two');
  bob.visitor.say('mine');
  const ofBob = () => two.attempts().find((line) => line.lane.endsWith(bob.visitor.conversationId));
  await sandbox.until(() => ofBob() !== undefined, 'the other conversation is told to wait');
  expect(ofBob()).toMatchObject({ outcome: 'snoozed', reason: expect.stringContaining('is paused until') });
}

describe('what HubSpot refuses of a whole portal', () => {
  test.each<[string, Fault]>([
    ['429 of ten seconds', answer(429, { retryAfterSeconds: 1 })],
    ['429 of a second', answer(429, { policyName: 'SECONDLY' })],
    ['423', answer(423)],
    ['477', answer(477, { retryAfterSeconds: 1 })],
    ['401', answer(401, { retryAfterSeconds: 1, times: 2 })],
    ['403', answer(403, { retryAfterSeconds: 1 })],
    ['525', answer(525, { retryAfterSeconds: 1 })],
    ['526', answer(526, { retryAfterSeconds: 1 })],
  ])('(%s) makes everybody of the portal wait, burns no attempt and is met once in each pause', async (_, fault) => {
    await using two = await twoConversations();
    const { sandbox, ada, bob } = two;
    two.fail(fault);
    await pausedByAda(two);
    await sandbox.simulator.until(() => spoken(ada).length + spoken(bob).length === 3);
    await sandbox.settled();

    expect([spoken(ada), spoken(bob)]).toEqual([['one', 'two'], ['mine']]);
    expect(new Set(two.attempts().map((line) => line.attempt))).toEqual(new Set([1]));
    expect(new Set(two.attempts().map((line) => line.outcome))).toEqual(new Set(['snoozed', 'delivered']));
    const published = two.calls().filter((call) => call.operation === 'publish');
    const times = fault.times ?? 1;
    expect(published.map((call) => call.fault === undefined)).toEqual([...Array(times).fill(false), true, true, true]);
  });

  test.each<[string, string, (two: Two) => void]>([
    [
      '429 of the day',
      "the account's calls of the day are used up (429)",
      (two) => void two.fail(answer(429, { policyName: 'DAILY' })),
    ],
    [
      'a channel of another app',
      'the channel does not exist, or belongs to another app than the token (404)',
      ({ sandbox }) => sandbox.simulator.grant(sandbox.environment.HUBSPOT_ACCESS_TOKEN ?? '', { appId: '999' }),
    ],
  ])('(%s) is asked about once, and everybody is told why', async (_, why, begin) => {
    await using two = await twoConversations();
    begin(two);
    await pausedByAda(two);
    expect(two.calls()).toHaveLength(1);
    expect(new Set(two.attempts().map((line) => line.attempt))).toEqual(new Set([1]));
    expect(two.attempts().at(-1)?.reason).toContain(why);
    expect((await two.sandbox.letters.visitorMessages.list()).total).toBe(0);
  });
});
