import { expect, test } from '@jest/globals';
import { createSessions, SESSION_MS } from './session.ts';

test('a session ends by itself', () => {
  let now = Date.UTC(2026, 10, 22);
  const sessions = createSessions({ now: () => now });
  const token = sessions.begin();
  now += SESSION_MS - 1;
  expect(sessions.isLive(token)).toBe(true);
  now += 1;
  expect(sessions.isLive(token)).toBe(false);
});

test('a session is good for the process that began it alone', () => {
  const token = createSessions().begin();
  expect(createSessions().isLive(token)).toBe(false);
});

test.each(['', '.', '..', 'NaN.x.y', '99999999999999.nonce.'])('%p is no session', (token) => {
  expect(createSessions().isLive(token)).toBe(false);
});
