import { describe, expect, test } from '@jest/globals';
import { ContactId } from '@parley/shared/contracts/ids';
import type { Visitor } from '@parley/shared/contracts/visitor';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import type { KnownVisitor } from '@parley/shared/hubspot/contacts';
import type { ContactIdentity } from './contact-identity.ts';
import { keepContact } from './keep-contact.ts';

const contactId = ContactId.parse('901');
const ada = {
  id: 'v-1',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  emailVerified: true,
  phone: '+15005550006',
  phoneVerified: true,
};

/** HubSpot that fails with `failures`, one after the other, and then takes the contact without `leftOut`. */
function setup({
  failures = [],
  leftOut = [],
  identity = 'verified',
}: {
  failures?: Error[];
  leftOut?: string[];
  identity?: ContactIdentity;
} = {}) {
  const asked: KnownVisitor[] = [];
  const left = [...failures];
  const upsertContact = async (visitor: KnownVisitor) => {
    asked.push(visitor);
    const failure = left.shift();
    if (failure) throw failure;
    return { contactId, leftOut };
  };
  const keep = (visitor: Visitor, before?: Visitor, attempt = 1) =>
    keepContact({ hubspot: { upsertContact }, identity }, { visitor, before, attempt });
  return { asked, keep };
}

describe('the contact of a visitor', () => {
  test('is kept by a verified address, with name and phone and without the id of the bot', async () => {
    const { keep, asked } = setup();
    expect(await keep(ada)).toEqual({ contactId, visitor: ada });
    expect(asked).toEqual([{ email: ada.email, name: ada.name, phone: ada.phone }]);
  });

  test('has no phone number that is not verified', async () => {
    const { keep, asked } = setup();
    await keep({ ...ada, phoneVerified: false });
    expect(asked).toEqual([{ email: ada.email, name: ada.name }]);
  });

  test('is not looked for by an address that is not verified, and the agent reads so', async () => {
    const { keep, asked } = setup();
    const claimed = { ...ada, emailVerified: false };
    expect(await keep(claimed)).toEqual({ visitor: claimed, note: expect.stringContaining('not theirs') });
    expect(asked).toEqual([]);
  });

  test('is kept by an address that is not verified where the operator takes claims', async () => {
    const { keep, asked } = setup({ identity: 'claimed' });
    const { emailVerified: _, phoneVerified: _no, ...claimed } = ada;
    expect(await keep(claimed)).toEqual({ contactId, visitor: claimed });
    expect(asked).toEqual([{ email: ada.email, name: ada.name, phone: ada.phone }]);
  });

  test('is none without an address, and there is nothing to say about it', async () => {
    const { keep, asked } = setup();
    const { email: _, ...without } = ada;
    expect(await keep(without)).toEqual({ visitor: without });
    expect(asked).toEqual([]);
  });

  test('has the properties that the bot sent, which are sent once and wait for an address', async () => {
    const { keep, asked } = setup();
    const properties = { plan: 'gold' };
    expect(await keep({ properties })).toEqual({ visitor: { properties } });
    expect(await keep({ ...ada, properties })).toEqual({ contactId, visitor: ada });
    expect(asked).toMatchObject([{ properties }]);
  });

  test('is kept without what HubSpot refuses of it, and the agent reads what that was', async () => {
    const { keep } = setup({ leftOut: ['plan', 'seats'] });
    expect(await keep(ada)).toMatchObject({ contactId, note: expect.stringContaining('plan, seats') });
  });
});

test('an address that HubSpot refuses is no failure: the agent reads why, it is not asked again, and the one before stays', async () => {
  const { keep, asked } = setup({ failures: [new TerminalError('HubSpot refused the contact: invalid email')] });
  const before = { email: 'ada@before.org', emailVerified: true };
  expect(await keep(ada, before)).toEqual({
    visitor: { ...ada, email: 'ada@before.org' },
    note: 'No contact was kept: HubSpot refused the contact: invalid email',
  });
  expect(asked).toHaveLength(1);
});

test('a hiccup is tried again within the same attempt', async () => {
  const { keep, asked } = setup({ failures: [new RetryableError('HubSpot answered 502')] });
  expect(await keep(ada)).toMatchObject({ contactId });
  expect(asked).toHaveLength(2);
});

test('after three tries the failure is the attempt’s, as HubSpot put it', async () => {
  const failure = new RetryableError('HubSpot answered 500', { certain: true });
  const { keep, asked } = setup({ failures: [failure, failure, failure, failure] });
  await expect(keep(ada)).rejects.toBe(failure);
  expect(asked).toHaveLength(3);
});

test.each<[string, Visitor | undefined, Visitor]>([
  ['the address stays for the next news', undefined, ada],
  [
    'the address of the contact before stays',
    { email: 'ada@before.org', emailVerified: true },
    { ...ada, email: 'ada@before.org' },
  ],
])('the fifth attempt goes on without the contact, and the agent reads why: %s', async (_, before, visitor) => {
  const failure = new RetryableError('HubSpot answered 500');
  const failures = [failure, failure, failure];
  await expect(setup({ failures }).keep(ada, before, 4)).rejects.toBe(failure);
  const note = 'No contact was kept: HubSpot answered 500';
  expect(await setup({ failures }).keep(ada, before, 5)).toEqual({ visitor, note });
});

test.each([1, 5])(
  'what belongs to the portal is not tried again here, since the whole portal waits: attempt %i',
  async (attempt) => {
    const failure = new RetryableError('HubSpot answered 429', { scope: 'portal', retryAfterMs: 10_000 });
    const { keep, asked } = setup({ failures: [failure] });
    await expect(keep(ada, undefined, attempt)).rejects.toBe(failure);
    expect(asked).toHaveLength(1);
  },
);

test.each([1, 5])('a bug of ours is neither hidden nor repeated: attempt %i', async (attempt) => {
  const bug = new TypeError('undefined is not a function');
  const { keep, asked } = setup({ failures: [bug] });
  await expect(keep(ada, undefined, attempt)).rejects.toBe(bug);
  expect(asked).toHaveLength(1);
});
