import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Sandbox, SandboxOptions } from '../sandbox.ts';
import { send } from './send.ts';
import { said, startTestSandbox } from './start.ts';

const BOB = { firstname: 'Bob', email: 'bob@example.com', phone: '+15005550009' };
const asBob = { name: 'Mallory', email: BOB.email };

/** A bridge to a HubSpot that knows Bob, and a bot that is not the demo's. */
async function setup({ bob = BOB, ...options }: { bob?: Record<string, string> } & Partial<SandboxOptions> = {}) {
  const sandbox = await startTestSandbox(options);
  const { simulator } = sandbox;
  const conversationId = randomUUID();
  const bobsId = await addContact(sandbox, bob);
  const sends = (type: string, data: object) => send(sandbox, randomUUID(), { type, conversationId, data });
  return {
    sandbox,
    simulator,
    bobsId,
    sends,
    /** Resolves when the agents have it and know what they should, with the thread. */
    async handOff(visitor: object) {
      await sends('handoff.requested', { visitor });
      const thread = await simulator.until(() => simulator.threads()[0]);
      await sandbox.settled();
      return thread;
    },
    /** Resolves when the words stand in the thread, with how HubSpot was told who speaks. */
    async says(text: string) {
      await sends('visitor.message', { text });
      await simulator.until(() => simulator.threads().some((thread) => said(thread).includes(text)));
      await sandbox.settled();
      return senders(simulator.threads()[0]).at(-1);
    },
    properties: (id: string) => simulator.contacts().find((contact) => contact.id === id)?.properties,
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}

async function addContact({ simulator, environment }: Sandbox, properties: Record<string, string>): Promise<string> {
  const response = await fetch(`${simulator.url}/crm/v3/objects/contacts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${environment.HUBSPOT_ACCESS_TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ properties, associations: [] }),
  });
  expect(response.status).toBe(201);
  return simulator.contacts().at(-1)?.id ?? '';
}

type Thread = ReturnType<Sandbox['simulator']['threads']>[number];

const senders = (thread: Thread | undefined) =>
  (thread?.messages ?? []).flatMap((message) =>
    message.type === 'MESSAGE' ? message.senders.map(({ actorId }) => actorId) : [],
  );
const comments = ({ messages }: Thread) =>
  messages.flatMap((message) => (message.type === 'COMMENT' ? [message.text] : [])).join('\n');

describe("somebody else's address", () => {
  test('brings a visitor who only typed it neither onto their timeline nor into their record', async () => {
    await using it = await setup();
    const thread = await it.handOff({ ...asBob, phone: BOB.phone, properties: { company: 'Evil' } });
    expect(thread.visitor.contactId).toBeUndefined();
    expect(thread.visitor.deliveryIdentifier.type).toBe('CHANNEL_SPECIFIC_OPAQUE_ID');
    expect(it.properties(it.bobsId)).toMatchObject(BOB);
    expect(it.properties(it.bobsId)).not.toHaveProperty('company');
    expect(it.simulator.contacts()).toHaveLength(1);
    expect(comments(thread)).toContain('Mallory · bob@example.com (not verified) · +15005550009 (not verified)');
    expect(comments(thread)).toContain('No contact was looked for');
  });

  test('does so where the operator takes claims', async () => {
    await using it = await setup({ settings: { CONTACT_IDENTITY: 'claimed' } });
    const thread = await it.handOff(asBob);
    expect(thread.visitor.contactId).toBe(it.bobsId);
    expect(it.properties(it.bobsId)).toMatchObject({ firstname: 'Mallory' });
    expect(comments(thread)).not.toContain('not verified');
  });

  test('typed later by a visitor who is known takes them off their own timeline, and not onto the other', async () => {
    await using it = await setup();
    await it.handOff({ email: 'ada@example.com', emailVerified: true });
    await it.sends('visitor.identified', { visitor: { email: BOB.email } });
    const sender = await it.says('it is me');
    expect(it.simulator.contacts().map(({ id }) => `V-${id}`)).not.toContain(sender);
    expect(it.properties(it.bobsId)).toMatchObject(BOB);
  });
});

describe('a visitor who is known later', () => {
  test('speaks as the contact from then on, who has all that was known before', async () => {
    await using it = await setup();
    await it.sends('visitor.identified', { visitor: { properties: { jobtitle: 'Engineer' } } });
    const thread = await it.handOff(asBob);
    expect(thread.visitor.contactId).toBeUndefined();
    await it.sends('visitor.identified', { visitor: { email: BOB.email, emailVerified: true } });
    expect(await it.says('now you know')).toBe(`V-${it.bobsId}`);
    expect(it.properties(it.bobsId)).toMatchObject({ firstname: 'Mallory', jobtitle: 'Engineer' });
  });

  test('changes no property that an agent has changed since', async () => {
    await using it = await setup();
    await it.handOff({ email: BOB.email, emailVerified: true, properties: { jobtitle: 'Engineer' } });
    Object.assign(it.properties(it.bobsId) ?? {}, { jobtitle: 'Director' });
    await it.sends('visitor.identified', { visitor: { name: 'Robert' } });
    await it.says('call me Robert');
    expect(it.properties(it.bobsId)).toMatchObject({ firstname: 'Robert', jobtitle: 'Director' });
  });
});

describe('a visitor with a phone number alone', () => {
  const byPhone = { name: 'Bob', phone: BOB.phone, phoneVerified: true };

  test('is the contact that HubSpot finds by it', async () => {
    await using it = await setup();
    const thread = await it.handOff(byPhone);
    expect(thread.visitor.contactId).toBe(it.bobsId);
    expect(it.simulator.contacts()).toHaveLength(1);
  });

  test('is heard, once, when HubSpot finds the number invalid, and is not asked about it again', async () => {
    await using it = await setup();
    const phone = '+15005550';
    const refusals = () => it.simulator.requests().filter(({ status }) => status === 400).length;
    const thread = await it.handOff({ ...byPhone, phone });
    const before = refusals();
    await it.says('hello?');
    expect([before > 0, refusals()]).toEqual([true, before]);
    expect(thread.visitor.deliveryIdentifier.type).toBe('CHANNEL_SPECIFIC_OPAQUE_ID');
    expect(said(thread)).toHaveLength(2);
    expect(comments(thread)).toContain(phone);
  });
});

describe('what HubSpot does not take as it is', () => {
  test('the second address of a contact is that contact, whose first address stays', async () => {
    await using it = await setup({ bob: { ...BOB, email: 'bob@home.example', hs_additional_emails: BOB.email } });
    const thread = await it.handOff({ name: 'Bob Builder', email: BOB.email, emailVerified: true });
    expect(thread.visitor.contactId).toBe(it.bobsId);
    expect(it.properties(it.bobsId)).toMatchObject({ email: 'bob@home.example', lastname: 'Builder' });
  });

  test('properties that the account has not are left out of the contact, and the agent reads their names', async () => {
    await using it = await setup();
    const properties = { jobtitle: 'Engineer', annualrevenue: 7, plan: 'gold', hs_object_id: 1 };
    const thread = await it.handOff({ email: BOB.email, emailVerified: true, properties });
    expect(thread.visitor.contactId).toBe(it.bobsId);
    expect(it.properties(it.bobsId)).toMatchObject({
      jobtitle: 'Engineer',
      annualrevenue: '7',
      hs_object_id: it.bobsId,
    });
    expect(comments(thread)).toContain('does not fit: plan, hs_object_id');
  });

  test('an address that HubSpot finds invalid costs the contact, and no word', async () => {
    await using it = await setup();
    it.simulator.faults.answer(400, { operation: 'contact', times: 2 });
    const thread = await it.handOff({ name: 'Ada', email: 'ada@example.com', emailVerified: true });
    expect(said(thread)).toHaveLength(1);
    expect(comments(thread)).toContain('No contact was kept');
  });
});

test('contacts that HubSpot cannot keep for long cost no word, and the next news of the visitor keep them', async () => {
  await using it = await setup();
  it.simulator.faults.answer(503, { operation: 'contact', times: null });
  const thread = await it.handOff({ name: 'Ada', email: 'ada@example.com', emailVerified: true });
  expect(said(thread)).toHaveLength(1);
  expect(comments(thread)).toContain('No contact was kept: HubSpot answered 503');
  const tried = it.sandbox.attempts.filter(({ queue }) => queue === 'visitor-messages');
  expect(tried.map(({ outcome }) => outcome)).toEqual([...Array<string>(4).fill('retried'), 'delivered']);

  it.simulator.faults.clear();
  await it.sends('visitor.identified', { visitor: { phone: '+15005550006' } });
  const sender = await it.says('now you know');
  expect(it.simulator.contacts().at(-1)?.properties).toMatchObject({ firstname: 'Ada', email: 'ada@example.com' });
  expect(sender).toBe(`V-${it.simulator.contacts().at(-1)?.id}`);
});
