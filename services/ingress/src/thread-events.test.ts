import { expect, test } from '@jest/globals';
import { startReadyBench } from './testing/bench.ts';
import { agentWebhook, closedEvent } from './testing/hubspot.ts';
import { problemOf } from './testing/problem.ts';

test('a close stands in the lane of its conversation, behind what the agent said before', async () => {
  await using bench = await startReadyBench();
  await bench.handOff('conversation-1');
  await bench.sendWebhook('channel', agentWebhook());
  const response = await bench.sendWebhook('events', [closedEvent()]);
  expect([response.status, await response.json()]).toEqual([200, { accepted: 1, duplicate: 0 }]);
  expect(await bench.laneOf('conversation-1', 'agent-messages')).toMatchObject([
    { message: { kind: 'agent-message' } },
    { message: { kind: 'thread-closed', threadId: '176347007' } },
  ]);
});

test('a close that HubSpot repeats is accepted once', async () => {
  await using bench = await startReadyBench();
  await bench.handOff('conversation-1');
  const response = await bench.sendWebhook('events', [closedEvent(), closedEvent({ attemptNumber: 1 })]);
  expect(await response.json()).toEqual({ accepted: 1, duplicate: 1 });
  expect(await bench.laneOf('conversation-1', 'agent-messages')).toHaveLength(1);
});

test('an assignment stands in the lane of its conversation once, though HubSpot repeats it', async () => {
  await using bench = await startReadyBench();
  await bench.handOff('conversation-1');
  const assigned = closedEvent({ propertyName: 'assignedTo', propertyValue: 'A-2620022' });
  const response = await bench.sendWebhook('events', [assigned, { ...assigned, attemptNumber: 1 }, closedEvent()]);
  expect(await response.json()).toEqual({ accepted: 2, duplicate: 1 });
  expect(await bench.laneOf('conversation-1', 'agent-messages')).toMatchObject([
    { message: { kind: 'thread-assigned', agentId: 'A-2620022' } },
    { message: { kind: 'thread-closed' } },
  ]);
});

test.each([
  ['a close of a thread that nobody knows', { objectId: 1 }, 'event of an unknown thread', '1'],
  ['a close of a thread of that id in another portal', { portalId: 7 }, 'event of an unknown thread', '176347007'],
  [
    'a thread that is given to nobody',
    { propertyName: 'assignedTo', propertyValue: '' },
    'of no interest',
    'events of type conversation.propertyChange assignedTo',
  ],
  [
    'an event of another type',
    { subscriptionType: 'conversation.newMessage', propertyName: undefined },
    'of no interest',
    'events of type conversation.newMessage',
  ],
])('%s is answered 200, counted, and goes nowhere', async (_what, changes, reason, detail) => {
  await using bench = await startReadyBench();
  await bench.handOff('conversation-1');
  const response = await bench.sendWebhook('events', [closedEvent(changes)]);
  expect([response.status, await response.json()]).toEqual([200, { accepted: 0, duplicate: 0 }]);
  expect(bench.ignored()).toMatchObject([{ route: '/v1/hubspot/events', reason, detail }]);
  expect(await bench.laneOf('conversation-1', 'agent-messages')).toEqual([]);
});

test('an event that cannot be understood keeps no other back, and the list is refused so that HubSpot repeats it', async () => {
  await using bench = await startReadyBench();
  await bench.handOff('conversation-1');
  const list = [closedEvent({ objectId: null }), closedEvent()];
  const problem = await problemOf(await bench.sendWebhook('events', list), 400);
  expect(problem.detail).toMatch(/^\[0\] objectId/);
  expect(await bench.laneOf('conversation-1', 'agent-messages')).toHaveLength(1);
});

test('however many events cannot be understood, the answer and its log line stay short', async () => {
  await using bench = await startReadyBench();
  const problem = await problemOf(
    await bench.sendWebhook(
      'events',
      Array.from({ length: 10_000 }, () => 7),
    ),
    400,
  );
  expect(problem.detail).toMatch(/^\[0\] .*; \[19\] .*; and 9980 more\./);
  expect(bench.lines.join('').length).toBeLessThan(5_000);
});

test.each([
  ['an empty list', []],
  ['101 events about others', Array.from({ length: 101 }, (_, at) => closedEvent({ objectId: at + 1 }))],
])('%s is answered 200, since HubSpot would repeat it for nothing', async (_what, list) => {
  await using bench = await startReadyBench();
  const response = await bench.sendWebhook('events', list);
  expect([response.status, await response.json()]).toEqual([200, { accepted: 0, duplicate: 0 }]);
  expect(bench.ignored()).toHaveLength(list.length);
});
