import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { PortalId } from '../contracts/ids.ts';
import { type Reply, startAnsweringServer } from '../testing/answering-server.ts';
import { staticToken } from './access-token.ts';
import { createHubSpotApi } from './api.ts';
import { createContactsClient } from './contacts.ts';
import { noOutages, openBudget } from './open-budget.ts';
import { personName } from './person-name.ts';

const ADA = { email: 'ada@example.com', name: 'Ada Lovelace', phone: '+15005550006' };

async function setup(...replies: [Reply, ...Reply[]]) {
  const hubspot = await startAnsweringServer(...replies);
  const api = createHubSpotApi({
    apiUrl: `${hubspot.url}/`,
    tokens: staticToken('token'),
    portalId: PortalId.parse('1'),
    timeoutMs: 2_000,
    budget: openBudget(),
    outages: noOutages,
  });
  return {
    contacts: createContactsClient(api),
    heard: hubspot.heard,
    [Symbol.asyncDispose]: () => hubspot[Symbol.asyncDispose](),
  };
}

const partial = (category: string, message: string): Reply => ({
  status: 207,
  body: {
    status: 'COMPLETE',
    results: [],
    numErrors: 1,
    errors: [{ status: 'error', category, message, context: {} }],
  },
});

const refused = (body: object): Reply => ({ status: 400, body: { category: 'VALIDATION_ERROR', ...body } });
const sentenceOf = (error: string, ...names: string[]) =>
  `Property values were not valid: ${JSON.stringify(names.map((name) => ({ isValid: false, error, name })))}`;
/** As HubSpot refuses values, by the name of each property. */
const invalid = (error: string, ...names: string[]) => refused({ message: sentenceOf(error, ...names) });

const Batch = z.object({ inputs: z.tuple([z.object({ properties: z.record(z.string(), z.string()) })]) });

describe('the contact of a visitor', () => {
  test('is created or updated by its address, which is among its properties', async () => {
    await using hubspot = await setup({
      status: 200,
      body: { status: 'COMPLETE', results: [{ id: '1401', new: false }] },
    });
    await expect(hubspot.contacts.upsertContact(ADA)).resolves.toEqual({ contactId: '1401', leftOut: [] });
    expect(hubspot.heard).toMatchObject([
      { method: 'POST', url: '/crm/v3/objects/contacts/batch/upsert', headers: { authorization: 'Bearer token' } },
    ]);
    const properties = { email: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace', phone: '+15005550006' };
    expect(hubspot.heard[0]?.body).toEqual({ inputs: [{ id: 'ada@example.com', idProperty: 'email', properties }] });
  });

  test.each<[string, Reply]>([
    ['a 409', { status: 409, body: { message: 'Contact already exists. Existing ID: 3401', category: 'CONFLICT' } }],
    ['a conflict within a 207', partial('CONFLICT', 'Contact already exists. Existing ID: 3401')],
  ])('after %s is the existing one, whose first address stays', async (_, reply) => {
    await using hubspot = await setup(reply, { status: 200, body: { id: '3401' } });
    await expect(hubspot.contacts.upsertContact(ADA)).resolves.toEqual({ contactId: '3401', leftOut: [] });
    expect(hubspot.heard[1]).toMatchObject({ method: 'PATCH', url: '/crm/v3/objects/contacts/3401' });
    expect(hubspot.heard[1]?.body).toEqual({
      properties: { firstname: 'Ada', lastname: 'Lovelace', phone: '+15005550006' },
    });
  });

  test('is found by its address when the conflict names no id', async () => {
    await using hubspot = await setup({ status: 409, headers: {}, body: '' }, { status: 200, body: { id: '3401' } });
    await expect(hubspot.contacts.upsertContact(ADA)).resolves.toEqual({ contactId: '3401', leftOut: [] });
    expect(hubspot.heard[1]).toMatchObject({
      method: 'PATCH',
      url: '/crm/v3/objects/contacts/ada%40example.com?idProperty=email',
    });
  });

  test('that HubSpot finds invalid within a 207 is refused for ever, without naming the address', async () => {
    await using hubspot = await setup(partial('VALIDATION_ERROR', 'Email address ADA@example.com is invalid'));
    await expect(hubspot.contacts.upsertContact(ADA)).rejects.toMatchObject({
      name: 'TerminalError',
      message:
        'HubSpot answered 207 VALIDATION_ERROR: Email address [private] is invalid (upsert the contact of a visitor)',
    });
  });

  test('that HubSpot finds invalid is not tried again without its properties when HubSpot names the address', async () => {
    await using hubspot = await setup(invalid('INVALID_EMAIL', 'email'));
    await expect(hubspot.contacts.upsertContact(ADA)).rejects.toMatchObject({ name: 'TerminalError' });
    expect(hubspot.heard).toHaveLength(1);
  });

  test('waits for an HTML error page to go away', async () => {
    await using hubspot = await setup({
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: '<h1>Bad gateway</h1>',
    });
    await expect(hubspot.contacts.upsertContact(ADA)).rejects.toMatchObject({
      name: 'RetryableError',
      certain: false,
      message:
        'HubSpot answered 502 without an explanation (20 characters, text/html) (upsert the contact of a visitor)',
    });
  });

  test('that came with an HTML 200 is not known', async () => {
    await using hubspot = await setup({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<h1>Hello</h1>',
    });
    await expect(hubspot.contacts.upsertContact(ADA)).rejects.toMatchObject({ name: 'RetryableError', certain: false });
  });
});

/** The names of the properties in each request. */
const sentTo = ({ heard }: Awaited<ReturnType<typeof setup>>) =>
  heard.map(({ body }) => Object.keys(Batch.parse(body).inputs[0].properties).join(' '));

describe('properties that the bot sends', () => {
  const known = { ...ADA, properties: { plan: 'gold', seats: 3, trial: false } };
  const kept = { status: 200, body: { status: 'COMPLETE', results: [{ id: '1401', new: true }] } };

  test('are among those of the contact, as text', async () => {
    await using hubspot = await setup(kept);
    await hubspot.contacts.upsertContact(known);
    expect(hubspot.heard[0]?.body).toMatchObject({
      inputs: [{ properties: { plan: 'gold', seats: '3', trial: 'false', firstname: 'Ada', email: ADA.email } }],
    });
  });

  test.each<[string, Reply]>([
    ['a sentence', invalid('PROPERTY_DOESNT_EXIST', 'plan', 'seats')],
    [
      'a context',
      refused({ errors: [{ context: { propertyName: ['plan'] } }, { context: { propertyName: ['seats'] } }] }),
    ],
    ['a 207', partial('VALIDATION_ERROR', sentenceOf('PROPERTY_DOESNT_EXIST', 'plan', 'seats'))],
  ])('and that HubSpot refuses by %s are left out, and named', async (_, reply) => {
    await using hubspot = await setup(reply, kept);
    await expect(hubspot.contacts.upsertContact(known)).resolves.toEqual({
      contactId: '1401',
      leftOut: ['plan', 'seats'],
    });
    expect(sentTo(hubspot)[1]).toBe('trial firstname lastname phone email');
  });

  test('are left out with all else when HubSpot does not say which it refuses', async () => {
    await using hubspot = await setup(refused({ message: 'Something is wrong' }), kept);
    const leftOut = ['plan', 'seats', 'trial', 'firstname', 'lastname', 'phone'];
    await expect(hubspot.contacts.upsertContact(known)).resolves.toEqual({ contactId: '1401', leftOut });
    expect(sentTo(hubspot)[1]).toBe('email');
  });

  test('cost two calls more at most, though HubSpot names them one by one', async () => {
    await using hubspot = await setup(invalid('INVALID_OPTION', 'plan'), invalid('INVALID_OPTION', 'seats'), kept);
    await expect(hubspot.contacts.upsertContact(known)).resolves.toMatchObject({ contactId: '1401' });
    expect(sentTo(hubspot).slice(2)).toEqual(['email']);
  });

  test('that HubSpot refuses for the existing contact are left out too', async () => {
    const conflict = { status: 409, body: { message: 'Contact already exists. Existing ID: 3401' } };
    await using hubspot = await setup(conflict, invalid('INVALID_OPTION', 'plan'), conflict, {
      status: 200,
      body: { id: '3401' },
    });
    await expect(hubspot.contacts.upsertContact(known)).resolves.toEqual({ contactId: '3401', leftOut: ['plan'] });
  });
});

test.each([
  ['Ada Lovelace', { firstname: 'Ada', lastname: 'Lovelace' }],
  ['  Ludwig  van Beethoven ', { firstname: 'Ludwig', lastname: 'van Beethoven' }],
  ['Lovelace, Ada', { firstname: 'Ada', lastname: 'Lovelace' }],
  ['Ada,', { firstname: 'Ada' }],
  ['王小明', { firstname: '王小明' }],
  [' ', {}],
])('the name %j is kept as %j', (name, kept) => {
  expect(personName(name)).toEqual(kept);
});
