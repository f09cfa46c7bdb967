import { expect, test } from '@jest/globals';
import { RedisUrl, SentinelUrl } from './redis-url.ts';

const LONGEST = 'redis-sentinel://parley:p%40ss:word@one:26380,two,[::1]:26381/3#mymaster';

test('the URI of Lettuce is read whole: user, password, sentinels, database and the name of the primary', () => {
  expect(SentinelUrl.parse(LONGEST)).toEqual({
    username: 'parley',
    password: 'p@ss:word',
    sentinels: [
      { host: 'one', port: 26_380 },
      { host: 'two', port: 26_379 },
      { host: '::1', port: 26_381 },
    ],
    db: 3,
    name: 'mymaster',
  });
});

test.each([':secret', 'secret'])('%s before the @ is a password without a user', (credentials) => {
  const read = SentinelUrl.parse(`redis-sentinel://${credentials}@one#mymaster`);
  expect(read).toMatchObject({ username: '', password: 'secret', db: 0 });
});

test.each(['redis://:p@one:6379/0', 'rediss://one', LONGEST])('%s is taken', (url) => {
  expect(RedisUrl.parse(url)).toBe(url);
});

test.each([
  ['redis-sentinel://:hidden@one:26379/0', '#masterName'],
  ['redis-sentinel://:hidden@one#', 'a name behind its #'],
  ['redis-sentinel://:hidden@#mymaster', 'host or host:port'],
  ['redis-sentinel://:hidden@one,two:hidden#mymaster', 'host or host:port'],
  ['redis-sentinel://:hidden@one/hidden#mymaster', 'a number for a database'],
  ['redis-sentinel://:hidden@one?timeout=1s#mymaster', 'no ?options'],
  ['redis-sentinel://:hid@den@one#mymaster', 'percent-encoded'],
  ['rediss-sentinel://:hidden@one#mymaster', 'must begin with'],
])('%s is refused in words that say why and hold no part of it', (url, why) => {
  const said = RedisUrl.safeParse(url)
    .error?.issues.map(({ message }) => message)
    .join('\n');
  expect(said).toContain(why);
  expect(said).not.toMatch(/hid|den/);
});
