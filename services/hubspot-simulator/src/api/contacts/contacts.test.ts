import { describe, expect, test } from '@jest/globals';
import { CONTACTS, setup } from '../../testing/setup.ts';

const ada = { email: 'ada@example.com', firstname: 'Ada', phone: '+15005550006' };

async function withAda() {
  const it = await setup();
  const { body: contact } = await it.call('POST', CONTACTS, { properties: ada, associations: [] });
  return { ...it, contact, [Symbol.asyncDispose]: it[Symbol.asyncDispose] };
}

describe('a contact', () => {
  test('is created with a numeric id', async () => {
    await using it = await withAda();
    expect(it.contact).toMatchObject({ id: expect.stringMatching(/^\d+$/), properties: ada, archived: false });
  });

  test('needs associations in its request, which may be empty', async () => {
    await using it = await setup();
    const { status, body } = await it.call('POST', CONTACTS, { properties: ada });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ in: 'associations' }]);
  });

  test('with the e-mail address of another is refused with 409, which names the other', async () => {
    await using it = await withAda();
    const properties = { email: 'ADA@example.com' };
    expect(await it.call('POST', CONTACTS, { properties, associations: [] })).toMatchObject({
      status: 409,
      body: { message: `Contact already exists. Existing ID: ${it.contact.id}`, category: 'CONFLICT' },
    });
    const { body: bob } = await it.call('POST', CONTACTS, { properties: { firstname: 'Bob' }, associations: [] });
    expect((await it.call('PATCH', `${CONTACTS}/${bob.id}`, { properties })).status).toBe(409);
  });

  test.each([
    ['an invalid e-mail address', { email: 'ada(at)example' }, 'INVALID_EMAIL', 'email'],
    ['a property that the account does not have', { nickname: 'A' }, 'PROPERTY_DOESNT_EXIST', 'nickname'],
    ['a property that only HubSpot sets', { hs_object_id: '7' }, 'READ_ONLY_VALUE', 'hs_object_id'],
  ])('is refused with %s, by the name of the property', async (_what, properties, code, name) => {
    await using it = await withAda();
    for (const answer of [
      await it.call('POST', CONTACTS, { properties, associations: [] }),
      await it.call('PATCH', `${CONTACTS}/${it.contact.id}`, { properties }),
    ])
      expect(answer).toMatchObject({
        status: 400,
        body: { category: 'VALIDATION_ERROR', errors: [{ code, in: name }] },
      });
  });

  test.each(['id', 'e-mail address'])('is read and changed by its %s', async (by) => {
    await using it = await withAda();
    const path =
      by === 'id'
        ? `${CONTACTS}/${it.contact.id}`
        : `${CONTACTS}/${encodeURIComponent('ada@example.com')}?idProperty=email`;
    const changed = await it.call('PATCH', path, { properties: { lastname: 'Lovelace' } });
    expect(changed).toMatchObject({ status: 200, body: { properties: { ...ada, lastname: 'Lovelace' } } });
    const read = await it.call('GET', path);
    expect(read.body).toMatchObject({ id: it.contact.id, properties: { email: ada.email, lastname: 'Lovelace' } });
    expect(read.body.properties).not.toHaveProperty('phone');
  });

  test('is read with the properties that are asked for', async () => {
    await using it = await withAda();
    const { body } = await it.call('GET', `${CONTACTS}/${it.contact.id}?properties=phone,company`);
    expect(body.properties).toMatchObject({ phone: ada.phone, company: null });
  });

  test('is not found by an unknown id or address', async () => {
    await using it = await withAda();
    expect((await it.call('GET', `${CONTACTS}/7`)).body).toMatchObject({ category: 'OBJECT_NOT_FOUND' });
    expect((await it.call('GET', `${CONTACTS}/bob@example.com?idProperty=email`)).status).toBe(404);
    expect((await it.call('PATCH', `${CONTACTS}/ada@example.com`, { properties: {} })).status).toBe(404);
  });
});

const upsert = (...inputs: Record<string, unknown>[]) => ({
  inputs: inputs.map((input) => ({ idProperty: 'email', ...input })),
});

describe('a batch upsert by e-mail address', () => {
  test('creates the contact, and the second time changes it', async () => {
    await using it = await setup();
    const path = '/crm/v3/objects/contacts/batch/upsert';
    const first = await it.call('POST', path, upsert({ id: ada.email, properties: ada }));
    expect(first).toMatchObject({
      status: 200,
      body: { status: 'COMPLETE', results: [{ new: true, properties: ada }], startedAt: expect.any(String) },
    });
    const second = await it.call('POST', path, upsert({ id: ada.email, properties: { phone: '+15005550007' } }));
    expect(second.body.results).toMatchObject([
      { id: first.body.results[0].id, new: false, properties: { ...ada, phone: '+15005550007' } },
    ]);
    expect(it.hubspot.contacts()).toHaveLength(1);
  });

  test('is refused with 409 for an address that is the second one of another contact', async () => {
    await using it = await setup();
    const properties = { email: 'ada@home.example', hs_additional_emails: 'ada@example.com;ada@work.example' };
    const { body: contact } = await it.call('POST', CONTACTS, { properties, associations: [] });
    const answer = await it.call('POST', `${CONTACTS}/batch/upsert`, upsert({ id: ada.email, properties: ada }));
    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringContaining(contact.id) } });
    expect(it.hubspot.contacts()).toHaveLength(1);
    const { body: message } = await it.publish();
    expect(message.createdBy).toBe(`V-${contact.id}`);
  });

  test('takes all of its inputs or, when one is refused, none', async () => {
    await using it = await setup();
    const answer = await it.call(
      'POST',
      `${CONTACTS}/batch/upsert`,
      upsert({ id: ada.email, properties: ada }, { id: 'nonsense', properties: {} }),
    );
    expect(answer).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
    expect(it.hubspot.contacts()).toEqual([]);
  });

  test('takes at most 100 inputs, each with its properties, and none twice', async () => {
    await using it = await setup();
    const many = Array.from({ length: 101 }, (_, index) => ({ id: `${index}@example.com`, properties: {} }));
    for (const body of [
      upsert(...many),
      upsert({ id: ada.email }),
      upsert({ id: ada.email, properties: { phone: null } }),
      upsert({ id: ada.email, properties: {} }, { id: 'Ada@example.com', properties: {} }),
      { inputs: [{ id: ada.email, idProperty: 'phone', properties: {} }] },
    ])
      expect((await it.call('POST', `${CONTACTS}/batch/upsert`, body)).status).toBe(400);
  });
});
