import { describe, expect, test } from '@jest/globals';
import { startReadyBench } from './testing/bench.ts';
import { visitorMessage } from './testing/events.ts';
import { problemOf } from './testing/problem.ts';

const TYPES =
  'handoff.requested, visitor.message, bot.message, visitor.identified, agent-message.read, conversation.ended';

const visitorWith = (properties: object) => ({ type: 'visitor.identified', data: { visitor: { properties } } });

const ids = (entries: readonly { eventId: string }[]) => entries.map(({ eventId }) => eventId);

describe('what is accepted', () => {
  test('an event is answered 202 and stands in the lane of its conversation, word for word', async () => {
    await using bench = await startReadyBench();
    const event = visitorMessage('e1', { data: { text: '👩🏽‍🚀 שלום <b>&amp;</b> \u202eمرحبا' } });
    const response = await bench.sendEvents(event);
    expect([response.status, await response.json()]).toEqual([202, { accepted: 1, duplicate: 0 }]);
    expect(await bench.laneOf('conversation-1')).toMatchObject([{ eventId: 'e1', message: event }]);
  });

  test('a batch keeps the order within each conversation', async () => {
    await using bench = await startReadyBench();
    const batch = Array.from({ length: 100 }, (_, at) =>
      visitorMessage(`e${at}`, { conversationId: `conversation-${at % 3}` }),
    );
    expect(await (await bench.sendEvents(batch)).json()).toEqual({ accepted: 100, duplicate: 0 });
    for (const remainder of [0, 1, 2])
      expect(ids(await bench.laneOf(`conversation-${remainder}`))).toEqual(
        batch.map(({ id }) => id).filter((_, at) => at % 3 === remainder),
      );
  });

  test('an event sent twice is accepted once, in one batch and in two', async () => {
    await using bench = await startReadyBench();
    const twice = [visitorMessage('e1'), visitorMessage('e1'), visitorMessage('e2')];
    expect(await (await bench.sendEvents(twice)).json()).toEqual({ accepted: 2, duplicate: 1 });
    expect(await (await bench.sendEvents(twice)).json()).toEqual({ accepted: 0, duplicate: 3 });
    expect(ids(await bench.laneOf('conversation-1'))).toEqual(['e1', 'e2']);
  });

  test('an id used again in another conversation is a duplicate there too', async () => {
    await using bench = await startReadyBench();
    const batch = [visitorMessage('e1'), visitorMessage('e1', { conversationId: 'other' })];
    expect(await (await bench.sendEvents(batch)).json()).toEqual({ accepted: 1, duplicate: 1 });
    expect(await bench.laneOf('other')).toEqual([]);
  });
});

describe('what is refused', () => {
  test('a batch with one malformed event is refused whole, and names the event and the field', async () => {
    await using bench = await startReadyBench();
    const empty = visitorMessage('e2', { data: { text: ' ' } });
    const problem = await problemOf(await bench.sendEvents([visitorMessage('e1'), empty]), 400);
    expect(problem.errors).toEqual([
      { path: '[1].data.text', problem: 'must not be empty, unless there are attachments' },
    ]);
    expect(problem.detail).toContain('nothing was accepted. [1].data.text: must not be empty');
    expect(await bench.laneOf('conversation-1')).toEqual([]);
  });

  test.each([
    ['an unknown type', { type: 'visitor.shouted' }, 'type', `must be one of ${TYPES}`],
    ['no type', { type: undefined }, 'type', `must be one of ${TYPES}`],
    [
      'a property that is no value',
      visitorWith({ plan: null }),
      'data.visitor.properties.plan',
      'must be a number, true',
    ],
    ['a time without offset', { occurredAt: '2026-11-02 10:07' }, 'occurredAt', 'like 2026-11-02T10:07:00.000Z'],
    ['an id with spaces', { id: 'e 1' }, 'id', 'visible ASCII'],
    ['no conversation', { conversationId: undefined }, 'conversationId', 'must be a string'],
    ['too long a text', { data: { text: 'x'.repeat(100_001) } }, 'data.text', 'split it into several messages'],
    ['no text', { data: {} }, 'data.text', 'must be a string'],
    ['a field that the contract lacks', { data: { text: 'hi', html: '<p>' } }, 'data', 'does not know "html"'],
  ])(
    'an event with %s is refused by the name of the field, with what would be right',
    async (_what, changes, path, remedy) => {
      await using bench = await startReadyBench();
      const problem = await problemOf(await bench.sendEvents(visitorMessage('e1', changes)), 400);
      expect(problem.errors).toEqual([{ path, problem: expect.stringContaining(remedy) }]);
      expect(await bench.laneOf('conversation-1')).toEqual([]);
    },
  );

  test.each([
    ['an empty list', [], 'the list is empty: send 1 to 100 events'],
    ['101 events', Array.from({ length: 101 }, (_, at) => visitorMessage(`e${at}`)), 'at most 100'],
  ])('%s is refused with the limit', async (_what, events, remedy) => {
    await using bench = await startReadyBench();
    const problem = await problemOf(await bench.sendEvents(events), 400);
    expect(problem.detail).toContain(remedy);
    expect(await bench.laneOf('conversation-1')).toEqual([]);
  });

  test.each([
    ['a string', 'hello'],
    ['a number', 7],
    ['null', null],
    ['a list in the list', [[]]],
  ])('%s is no event', async (_what, body) => {
    await using bench = await startReadyBench();
    const problem = await problemOf(await bench.sendEvents(body), 400);
    expect(problem.errors).toHaveLength(1);
  });

  test('however much is wrong, the answer stays short', async () => {
    await using bench = await startReadyBench();
    const unknown = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`field-${at}`, 1]));
    const problem = await problemOf(
      await bench.sendEvents(visitorMessage('e1', { data: { text: 'hi', ...unknown } })),
      400,
    );
    expect(problem.errors?.[0]?.problem).toMatch(/^does not know "field-0", .* and 9980 more: leave it out$/);
    expect(JSON.stringify(problem).length).toBeLessThan(2_000);
  });

  test('the log has one line for a refusal, with its reason and none of the words sent', async () => {
    await using bench = await startReadyBench();
    await bench.sendEvents(visitorMessage('e1', { data: { text: 'hi', secretly: 'in words' } }));
    expect(bench.refusals).toEqual([{ route: '/v1/events', status: 400, reason: 'invalid event: data' }]);
    const [line, ...more] = bench.lines.filter((text) => text.includes('refused'));
    expect(more).toEqual([]);
    expect(line).not.toMatch(/secretly|in words|Bearer/);
  });
});
