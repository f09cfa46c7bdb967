import { describe, expect, test } from '@jest/globals';
import { Visitor, withNews } from './visitor.ts';

const problemsOf = (given: unknown) =>
  (Visitor.safeParse(given).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, at]));

describe('a visitor', () => {
  test.each([
    [{ email: 'ada@example.com', emailVerified: true, phone: '+15005550006', phoneVerified: true }],
    [{ emailVerified: false, phoneVerified: false }],
    [{ properties: { plan: 'gold', seats: 3, trial: false, cleared: '', a_1: 'x'.repeat(1_000) } }],
    [{ properties: many(50) }],
  ])('may be %j', (given) => {
    expect(problemsOf(given)).toEqual([]);
  });

  test.each([
    [{ emailVerified: true }, 'emailVerified: must come with the email that is verified'],
    [{ email: 'ada@example.com', phoneVerified: true }, 'phoneVerified: must come with the phone that is verified'],
    [{ email: 'ada@example.com', emailVerified: 'yes' }, 'emailVerified: must be true or false'],
    [{ properties: many(51) }, 'properties: must be at most 50'],
    [{ properties: { Plan: 1 } }, 'properties.Plan: must be the internal name of a property: small letters, digits'],
    [{ properties: { '1st': 1 } }, 'properties.1st: must be the internal name of a property'],
    [{ properties: { plan: null } }, 'properties.plan: must be a number, true, false or a string of at most 1000'],
    [{ properties: { plan: 'x'.repeat(1_001) } }, 'properties.plan: must be a number, true, false or a string'],
    [{ properties: { email: 'bob@example.com' } }, 'properties.email: must be said by the visitor\'s field "email"'],
    [{ properties: { hs_additional_emails: 'b@x.org' } }, 'properties.hs_additional_emails: must be said by'],
    [{ properties: { mobilephone: '1' } }, 'properties.mobilephone: must be said by the visitor\'s field "phone"'],
    [{ properties: { lastname: 'L' } }, 'properties.lastname: must be said by the visitor\'s field "name"'],
  ])('may not be %j', (given, problem) => {
    expect(problemsOf(given)).toEqual([expect.stringContaining(problem)]);
  });
});

describe('what the bot says later', () => {
  const ada = {
    name: 'Ada',
    email: 'ada@example.com',
    emailVerified: true,
    phone: '+15005550006',
    phoneVerified: true,
  };

  test('replaces what it names and leaves the rest', () => {
    expect(withNews(undefined, ada)).toEqual(ada);
    expect(withNews(ada, { name: 'Ada L.' })).toEqual({ ...ada, name: 'Ada L.' });
    const before = { properties: { plan: 'gold', seats: 3 } };
    expect(withNews(before, { properties: { seats: 4 } })).toEqual({ properties: { seats: 4 } });
  });

  test('never lends one address what vouches for another', () => {
    expect(withNews(ada, { email: 'bob@example.com' })).toMatchObject({ emailVerified: false, phoneVerified: true });
    expect(withNews(ada, { phone: '+15005550007' })).toMatchObject({ emailVerified: true, phoneVerified: false });
    expect(withNews({}, { email: 'bob@example.com', emailVerified: true })).toMatchObject({ emailVerified: true });
  });

  test('can take back that an address is verified', () => {
    expect(withNews(ada, { emailVerified: false })).toMatchObject({ email: ada.email, emailVerified: false });
  });
});
