import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, ADA, CHANNEL, CONTACTS, MESSAGES, setup } from '../../testing/setup.ts';

describe('publishing a visitor message', () => {
  test('answers 201 with the message as HubSpot stores it, and without the integration thread id', async () => {
    await using it = await setup();
    const { status, body } = await it.publish();
    expect(status).toBe(201);
    expect(body).toEqual({
      type: 'MESSAGE',
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      conversationsThreadId: expect.stringMatching(/^\d+$/),
      createdAt: '2026-11-02T10:05:00.123Z',
      createdBy: expect.stringMatching(/^V-\d+$/),
      client: { clientType: 'INTEGRATION', integrationAppId: 123456 },
      senders: [{ actorId: body.createdBy, name: 'Ada', deliveryIdentifier: ADA }],
      recipients: [{ deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'parley' } }],
      text: 'I need a human',
      richText: '<div>I need a human</div>',
      attachments: [],
      truncationStatus: 'NOT_TRUNCATED',
      status: { statusType: 'RECEIVED' },
      direction: 'INCOMING',
      channelId: CHANNEL,
      channelAccountId: ACCOUNT,
      archived: false,
    });
    expect((await it.call('GET', `${MESSAGES}/${body.id}`)).body).toEqual(body);
  });

  test('every API version reads and writes the same state', async () => {
    await using it = await setup();
    const { body } = await it.publish();
    for (const root of ['v3/custom-channels', 'custom-channels/2026-03', 'custom-channels/2026-09']) {
      const same = await it.call('GET', `/conversations/${root}/${CHANNEL}/messages/${body.id}`);
      expect(same).toMatchObject({ status: 200, body: { id: body.id } });
    }
  });

  test.each(['attachments', 'recipients', 'timestamp', 'senders', 'text', 'channelAccountId', 'messageDirection'])(
    'is refused without %s, by the name of the field',
    async (field) => {
      await using it = await setup();
      const { status, body } = await it.publish({ [field]: undefined });
      expect(status).toBe(400);
      expect(body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR', errors: [{ in: field }] });
      expect(body.correlationId).toMatch(/^[0-9a-f-]{36}$/);
      expect(it.hubspot.threads()).toEqual([]);
    },
  );

  test.each([
    ['a field that HubSpot does not know', { subject: 'x' }, 'subject'],
    ['a null where a string is optional', { integrationThreadId: null }, 'integrationThreadId'],
    ['two senders', { senders: [{ deliveryIdentifier: ADA }, { deliveryIdentifier: ADA }] }, 'senders'],
    ['the direction OUTGOING', { messageDirection: 'OUTGOING' }, 'messageDirection'],
    ['a time that is not ISO 8601', { timestamp: '02.11.2026' }, 'timestamp'],
    ['an identifier that is a string', { senders: [{ deliveryIdentifier: 'ada' }] }, 'senders[0].deliveryIdentifier'],
    ...[
      ['HS_EMAIL_ADDRESS', 'ada(at)example'],
      ['HS_PHONE_NUMBER', '555 0006'],
      ['HS_PHONE_NUMBER', '+15005550'],
      ['CHANNEL_SPECIFIC_OPAQUE_ID', '  '],
    ].map(
      ([type, value]) =>
        [
          `${type} "${value}"`,
          { senders: [{ deliveryIdentifier: { type, value } }] },
          'senders[0].deliveryIdentifier.value',
        ] as const,
    ),
  ])('is refused with %s', async (_what, fields, field) => {
    await using it = await setup();
    expect(await it.publish(fields)).toMatchObject({ status: 400, body: { errors: [{ in: field }] } });
  });

  test('names every field at once when several are wrong', async () => {
    await using it = await setup();
    const { body } = await it.publish({ text: undefined, attachments: undefined });
    expect(body.message).toBe('Multiple errors validating request.');
    expect(body.errors).toHaveLength(2);
  });

  test('needs no more than the guide asks for when the setting is lenient', async () => {
    await using it = await setup({ settings: { validation: 'lenient' } });
    const fields = { attachments: undefined, recipients: undefined, timestamp: undefined, unknown: 1 };
    expect((await it.publish(fields)).status).toBe(201);
  });

  test('is refused for a channel account that is of another channel, switched off, unauthorized or archived', async () => {
    await using it = await setup();
    expect((await it.publish({ channelAccountId: '1' })).status).toBe(404);
    it.hubspot.account.active = false;
    expect((await it.publish()).status).toBe(400);
    Object.assign(it.hubspot.account, { active: true, authorized: false });
    expect((await it.publish()).status).toBe(400);
    Object.assign(it.hubspot.account, { authorized: true, archived: true });
    expect((await it.publish()).status).toBe(404);
  });

  test.each([[201], [200], [409]] as const)(
    'stores a repeated idempotency id once, and answers %i as the setting has it',
    async (duplicateResponse) => {
      await using it = await setup({ settings: { duplicateResponse } });
      const first = await it.publish({ integrationIdempotencyId: 'msg_1' });
      const second = await it.publish({ integrationIdempotencyId: 'msg_1', text: 'again' });
      expect(second.status).toBe(duplicateResponse);
      if (duplicateResponse !== 409) expect(second.body).toEqual(first.body);
      expect(it.hubspot.thread(first.body.conversationsThreadId).messages).toHaveLength(1);
    },
  );
});

describe('the sender of a visitor message', () => {
  test('is the contact with that e-mail address or phone number', async () => {
    await using it = await setup();
    const properties = { email: 'ada@example.com', phone: '+1 500 555 0006' };
    const { body: contact } = await it.call('POST', CONTACTS, { properties, associations: [] });
    for (const deliveryIdentifier of [ADA, { type: 'HS_PHONE_NUMBER', value: '+15005550006' }]) {
      const { body } = await it.publish({ senders: [{ deliveryIdentifier }] });
      expect(body.createdBy).toBe(`V-${contact.id}`);
    }
  });

  test('is unknown behind an opaque id, until an agent says who it is', async () => {
    await using it = await setup();
    const senders = [{ deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'visitor-1' } }];
    const first = await it.publish({ senders });
    const { body: contact } = await it.call('POST', CONTACTS, { properties: { firstname: 'Ada' }, associations: [] });
    expect(first.body.createdBy).not.toBe(`V-${contact.id}`);
    it.hubspot.agent.associate(first.body.conversationsThreadId, contact.id);
    expect((await it.publish({ senders })).body.createdBy).toBe(`V-${contact.id}`);
  });

  test('is the contact that associateWithContactId names, unless the setting has it ignored', async () => {
    await using it = await setup();
    const { body: contact } = await it.call('POST', CONTACTS, { properties: { firstname: 'Ada' }, associations: [] });
    const associateWithContactId = Number(contact.id);
    const named = await it.publish({ associateWithContactId });
    expect(named.body.createdBy).toBe(`V-${contact.id}`);
    expect((await it.publish({ associateWithContactId: 7 })).status).toBe(400);
    it.hubspot.configure({ associateWithContactId: 'ignored' });
    const senders = [{ deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'bob@example.com' } }];
    const ignored = await it.publish({ associateWithContactId, senders });
    expect(ignored.body.createdBy).not.toBe(`V-${contact.id}`);
  });
});
