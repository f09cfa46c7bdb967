import { describe, expect, test } from '@jest/globals';
import { CONTACTS, setup, THREADS } from '../../testing/setup.ts';

/** Three threads of one visitor. The first was spoken in last. */
async function threeThreads() {
  const it = await setup({ inboxType: 'HELP_DESK' });
  const { body: contact } = await it.call('POST', CONTACTS, {
    properties: { email: 'ada@example.com' },
    associations: [],
  });
  const ids: string[] = [];
  for (const minute of ['30', '10', '20']) {
    const { body } = await it.publish({
      integrationThreadId: undefined,
      timestamp: `2026-11-02T10:${minute}:00.000Z`,
    });
    ids.push(body.conversationsThreadId);
  }
  const list = (query: string) => it.call('GET', `${THREADS}?${query}`);
  const listed = async (query: string) => (await list(query)).body.results.map(({ id }: { id: string }) => id);
  return { ...it, ids, contact, list, listed, [Symbol.asyncDispose]: it[Symbol.asyncDispose] };
}

const AT_TEN = 'latestMessageTimestampAfter=2026-11-02T10:00:00Z';

describe('the list of threads', () => {
  test('has what a single thread has, and the ticket for who asks for it', async () => {
    await using it = await threeThreads();
    const { body } = await it.list('limit=1');
    expect(body.results).toEqual([(await it.call('GET', `${THREADS}/${it.ids[0]}`)).body]);
    expect(body.results[0]).toMatchObject({
      status: 'OPEN',
      inboxId: '481939',
      associatedContactId: it.contact.id,
      latestMessageTimestamp: '2026-11-02T10:30:00.000Z',
      latestMessageReceivedTimestamp: '2026-11-02T10:30:00.000Z',
      spam: false,
      archived: false,
    });
    expect(body.results[0]).not.toHaveProperty('threadAssociations');
    expect((await it.list('association=TICKET')).body.results[0]).toMatchObject({
      threadAssociations: { associatedTicketId: expect.stringMatching(/^\d+$/) },
    });
  });

  test('ascends by id, or by the time of the latest message', async () => {
    await using it = await threeThreads();
    const [first, second, third] = it.ids;
    expect(await it.listed('')).toEqual([first, second, third]);
    expect(await it.listed(`sort=latestMessageTimestamp&${AT_TEN}`)).toEqual([second, third, first]);
  });

  test('is filtered by status, inbox, contact, time of the latest message, and being in the bin', async () => {
    await using it = await threeThreads();
    const [first = '', second = '', third = ''] = it.ids;
    it.hubspot.agent.close(first);
    expect(await it.listed('threadStatus=CLOSED')).toEqual([first]);
    expect(await it.listed('threadStatus=OPEN&inboxId=481939')).toEqual([second, third]);
    expect(await it.listed('inboxId=1')).toEqual([]);
    expect(await it.listed(`threadStatus=OPEN&associatedContactId=${it.contact.id}`)).toEqual([second, third]);
    expect(await it.listed('threadStatus=OPEN&associatedContactId=1')).toEqual([]);
    expect(await it.listed('latestMessageTimestampAfter=2026-11-02T10:20:00.000Z')).toEqual([first]);
    it.hubspot.agent.archive(second);
    expect(await it.listed('')).toEqual([first, third]);
    expect(await it.listed('archived=true')).toEqual([second]);
  });

  test('comes in pages, whose cursor stays valid when threads are added', async () => {
    await using it = await threeThreads();
    const { body } = await it.list('limit=2');
    expect(body.results).toHaveLength(2);
    await it.publish({ integrationThreadId: undefined });
    const rest = await it.list(`limit=2&after=${body.paging.next.after}`);
    expect(rest.body.results.map(({ id }: { id: string }) => id)).toEqual([it.ids[2], it.hubspot.threads()[3]?.id]);
    expect(rest.body).not.toHaveProperty('paging');
  });

  test.each([
    ['sort=-id', 'sort'],
    ['sort=latestMessageTimestamp', 'latestMessageTimestampAfter'],
    ['limit=501', 'limit'],
    ['limit=0', 'limit'],
    ['inboxId=1&inboxId=2', 'inboxId'],
    ['associatedContactId=1', 'threadStatus'],
    ['threadStatus=ENDED', 'threadStatus'],
    ['latestMessageTimestampAfter=yesterday', 'latestMessageTimestampAfter'],
    ['after=nothing', 'after'],
  ])('refuses %s, and names %s', async (query, field) => {
    await using it = await setup();
    const { status, body } = await it.call('GET', `${THREADS}?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ category: 'VALIDATION_ERROR', errors: [{ in: field }] });
  });
});
