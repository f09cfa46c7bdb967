import { expect, test } from '@jest/globals';
import { CONTACTS, setup } from '../../testing/setup.ts';

const SEARCH = `${CONTACTS}/search`;
const asked = { properties: ['phone'], sorts: [], limit: 10, after: '0' };
const by = (propertyName: string, value: string) => ({
  ...asked,
  filterGroups: [{ filters: [{ propertyName, operator: 'EQ', value }] }],
});
const ada = { email: 'ada@example.com', phone: '+1 (500) 555-0006' };

test('a contact is found by what it has, with the properties that were asked for', async () => {
  await using it = await setup();
  const { body: made } = await it.call('POST', CONTACTS, { properties: ada, associations: [] });
  for (const search of [by('email', 'ADA@example.com'), by('hs_searchable_calculated_phone_number', '5005550006')]) {
    const { body } = await it.call('POST', SEARCH, search);
    expect(body).toMatchObject({ total: 1, results: [{ id: made.id, properties: { phone: ada.phone } }] });
  }
  expect((await it.call('POST', SEARCH, by('email', 'bob@example.com'))).body).toEqual({ total: 0, results: [] });
});

test('a contact is not found at once when the setting says so', async () => {
  await using it = await setup({ settings: { searchLagMs: 60_000 } });
  await it.call('POST', CONTACTS, { properties: ada, associations: [] });
  expect((await it.call('POST', SEARCH, by('email', ada.email))).body.total).toBe(0);
});

test.each(['after', 'filterGroups', 'limit', 'properties', 'sorts'])(
  'a search without %s is refused',
  async (field) => {
    await using it = await setup();
    const { status, body } = await it.call('POST', SEARCH, { ...by('email', 'x'), [field]: undefined });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ in: field }]);
  },
);
