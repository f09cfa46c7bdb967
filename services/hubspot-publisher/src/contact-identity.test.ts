import { expect, test } from '@jest/globals';
import { identified, introduce } from './contact-identity.ts';

const ada = { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15005550006' };

test('only verified addresses stand for a visitor, each for itself, unless claimed ones do', () => {
  expect(identified(ada, 'verified')).toEqual({ name: ada.name });
  expect(identified({ ...ada, phoneVerified: true }, 'verified')).toMatchObject({ phone: ada.phone });
  expect(identified({ ...ada, phoneVerified: true }, 'verified')).not.toHaveProperty('email');
  expect(identified({ ...ada, emailVerified: false }, 'claimed')).toMatchObject(ada);
});

test('the agent reads who it is, and which address may be somebody else’s', () => {
  expect(introduce({}, 'verified')).toBe('unknown');
  expect(introduce({ ...ada, emailVerified: true }, 'verified')).toBe(
    'Ada Lovelace · ada@example.com · +15005550006 (not verified)',
  );
  expect(introduce({ email: ada.email }, 'verified')).toBe('ada@example.com (not verified)');
  expect(introduce(ada, 'claimed')).toBe('Ada Lovelace · ada@example.com · +15005550006');
});
