import { expect, test } from '@jest/globals';
import { ContactId } from '@parley/shared/contracts/ids';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import type { KnownVisitor } from '@parley/shared/hubspot/contacts';
import { keepContact } from './keep-contact.ts';

const contactId = ContactId.parse('901');
const ada = { id: 'v-1', name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15005550006' };

/** HubSpot that fails with `failures`, one after the other, and then takes the contact. */
function setup(...failures: readonly Error[]) {
  const asked: KnownVisitor[] = [];
  const left = [...failures];
  const upsertContact = async (visitor: KnownVisitor) => {
    asked.push(visitor);
    const failure = left.shift();
    if (failure) throw failure;
    return contactId;
  };
  return { asked, hubspot: { upsertContact } };
}

test('a visitor who left an address is a contact by it, with name and phone and without the id of the bot', async () => {
  const { hubspot, asked } = setup();
  expect(await keepContact(hubspot, ada)).toEqual({ contactId });
  expect(asked).toEqual([{ email: ada.email, name: ada.name, phone: ada.phone }]);
});

test('without an address there is no contact and nothing to say about it', async () => {
  const { hubspot, asked } = setup();
  expect(await keepContact(hubspot, { name: 'Ada', phone: ada.phone })).toEqual({});
  expect(asked).toEqual([]);
});

test('an address that HubSpot refuses is no failure: the reason is given back, and it is not asked again', async () => {
  const { hubspot, asked } = setup(new TerminalError('HubSpot refused the contact: invalid email'));
  expect(await keepContact(hubspot, ada)).toEqual({ refusal: 'HubSpot refused the contact: invalid email' });
  expect(asked).toHaveLength(1);
});

test('a hiccup is tried again within the same attempt', async () => {
  const { hubspot, asked } = setup(new RetryableError('HubSpot answered 502'));
  expect(await keepContact(hubspot, ada)).toEqual({ contactId });
  expect(asked).toHaveLength(2);
});

test('after three tries the failure is the attempt’s, as HubSpot put it', async () => {
  const failure = new RetryableError('HubSpot answered 500', { certain: true });
  const { hubspot, asked } = setup(failure, failure, failure, failure);
  await expect(keepContact(hubspot, ada)).rejects.toBe(failure);
  expect(asked).toHaveLength(3);
});

test('what belongs to the portal is not tried again here, since the whole portal waits', async () => {
  const failure = new RetryableError('HubSpot answered 429', { scope: 'portal', retryAfterMs: 10_000 });
  const { hubspot, asked } = setup(failure);
  await expect(keepContact(hubspot, ada)).rejects.toBe(failure);
  expect(asked).toHaveLength(1);
});

test('a bug of ours is neither hidden nor repeated', async () => {
  const bug = new TypeError('undefined is not a function');
  const { hubspot, asked } = setup(bug);
  await expect(keepContact(hubspot, ada)).rejects.toBe(bug);
  expect(asked).toHaveLength(1);
});
