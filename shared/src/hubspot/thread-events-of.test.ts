import { describe, expect, test } from '@jest/globals';
import { AgentDelivery } from '../contracts/agent-delivery.ts';
import { HandoffId } from '../contracts/ids.ts';
import { threadEventsOf as readEvents } from './thread-events-of.ts';

const HANDOFF = HandoffId.parse('0b6f7c0e-6a57-4a10-9d5e-0b2cf1f5c0a1');

/** With what each means for one handoff. */
const threadEventsOf = (body: unknown) =>
  readEvents(body).map((read) => ('deliveries' in read ? { ...read, deliveries: read.deliveries(HANDOFF) } : read));

describe('the events of a subscription', () => {
  const CLOSED = {
    eventId: 1760000001,
    subscriptionId: 2233,
    portalId: 48448169,
    appId: 123456,
    occurredAt: 1793613000000,
    subscriptionType: 'conversation.propertyChange',
    attemptNumber: 0,
    objectId: 176347007,
    propertyName: 'status',
    propertyValue: 'CLOSED',
  };
  const assigned = (propertyValue: unknown) => ({ ...CLOSED, propertyName: 'assignedTo', propertyValue });
  const about = { threadId: '176347007', handoffIds: [HANDOFF], closedAt: '2026-11-02T09:50:00.000Z' };
  const READ = {
    portalId: '48448169',
    threadId: '176347007',
    deliveries: [{ id: `closed-176347007-1793613000000-${HANDOFF}`, message: { kind: 'thread-closed', ...about } }],
  };

  test.each<[string, object]>([
    ['a status that is CLOSED', CLOSED],
    ['a repeat under another event id, which is a string', { ...CLOSED, eventId: '100', attemptNumber: 3 }],
    ['ids that are strings', { ...CLOSED, portalId: '48448169', objectId: '176347007' }],
    [
      'eventType in place of subscriptionType',
      { ...CLOSED, subscriptionType: undefined, eventType: CLOSED.subscriptionType },
    ],
    ['a status that nobody documented', { ...CLOSED, propertyValue: 'ARCHIVED' }],
    ['an archived thread', { ...CLOSED, propertyName: 'isArchived', propertyValue: true }],
    ['a thread in the trash', { ...CLOSED, subscriptionType: 'conversation.deletion', propertyName: undefined }],
  ])('tell of a closed thread by %s', (_, event) => {
    expect(threadEventsOf([event])).toEqual([READ]);
    for (const { message } of READ.deliveries) expect(AgentDelivery.safeParse(message).success).toBe(true);
  });

  test('tell of a thread that was deleted for good: first the handback, then the forgetting', () => {
    const [read] = threadEventsOf({ ...CLOSED, subscriptionType: 'conversation.privacyDeletion', propertyName: null });
    const deliveries = [
      { id: `purged-176347007-handback-${HANDOFF}`, message: { kind: 'handback', ...about } },
      { id: `purged-176347007-${HANDOFF}`, message: { kind: 'thread-purged', ...about } },
    ];
    expect(read).toEqual({ ...READ, deliveries });
    for (const { message } of deliveries) expect(AgentDelivery.safeParse(message).success).toBe(true);
  });

  test.each(['A-123', '123', 123])('tell of the agent who was given a thread, named as %j', (assignee) => {
    const [read] = threadEventsOf([assigned(assignee)]);
    const message = {
      kind: 'thread-assigned',
      threadId: about.threadId,
      handoffIds: [HANDOFF],
      agentId: 'A-123',
      assignedAt: about.closedAt,
    };
    expect(read).toEqual({
      ...READ,
      deliveries: [{ id: `assigned-176347007-A-123-1793613000000-${HANDOFF}`, message }],
    });
    expect(AgentDelivery.parse(message)).toEqual(message);
  });

  test('of two assignments of one thread have two ids, and repeats of one have its id', () => {
    const again = { ...assigned('A-123'), eventId: '100', attemptNumber: 3 };
    const back = { ...assigned('A-123'), occurredAt: CLOSED.occurredAt + 1 };
    const ids = threadEventsOf([assigned('A-123'), again, assigned('A-124'), back]).flatMap((read) =>
      'deliveries' in read ? read.deliveries.map(({ id }) => id) : [],
    );
    expect([ids.length, new Set(ids).size, ids[0] === ids[1]]).toEqual([4, 3, true]);
  });

  test.each([
    [{ ...CLOSED, propertyValue: 'OPEN' }, 'events of type conversation.propertyChange status'],
    [{ ...CLOSED, propertyValue: undefined }, 'events of type conversation.propertyChange status'],
    [
      { ...CLOSED, propertyName: 'isArchived', propertyValue: 'false' },
      'events of type conversation.propertyChange isArchived',
    ],
    [assigned(''), 'events of type conversation.propertyChange assignedTo'],
    [assigned(null), 'events of type conversation.propertyChange assignedTo'],
    [assigned('B-123'), 'events of type conversation.propertyChange assignedTo'],
    [assigned('leslie@example.com'), 'events of type conversation.propertyChange assignedTo'],
    [{ subscriptionType: 'conversation.newMessage', objectId: 123 }, 'events of type conversation.newMessage'],
    [{}, 'events of type none'],
  ])('%# is ignored with its reason', (event, ignored) => {
    expect(threadEventsOf([event])).toEqual([{ ignored }]);
  });

  test.each([253_402_300_800_000, '9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00'])(
    'of a time that no lane can carry, %s, are refused instead of dying in the lane',
    (occurredAt) => {
      expect(threadEventsOf([{ ...CLOSED, occurredAt }])).toEqual([
        { malformed: 'occurredAt must be of the years 0 to 9999' },
      ]);
    },
  );

  test('are read one by one: one that cannot be understood spoils no other', () => {
    expect(threadEventsOf([7, CLOSED, { ...CLOSED, objectId: null }])).toEqual([
      { malformed: expect.stringMatching(/^the body /) },
      READ,
      { malformed: 'objectId must be a string or a whole number' },
    ]);
  });

  test('may come as one object, or none', () => {
    expect(threadEventsOf(CLOSED)).toEqual([READ]);
    expect(threadEventsOf([])).toEqual([]);
    expect(threadEventsOf(null)).toEqual([{ malformed: expect.stringMatching(/^the body /) }]);
  });
});
