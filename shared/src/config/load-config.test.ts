import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ConfigError, loadConfig, maskedSummary, secret } from './load-config.ts';
import { common, httpUrl, port } from './settings.ts';

const shape = {
  TOKEN: secret('Opens the door.'),
  KEY: secret('Signs.', z.string().regex(/^k-/, 'must begin with k-')),
  CALLBACK_URL: httpUrl().describe('Where to call.'),
  PORT: port(3000, 'Where to listen.'),
};

const GOOD = { TOKEN: 't'.repeat(32), KEY: 'k-very-secret', CALLBACK_URL: 'https://bot.example/hook' };

function problemOf(env: NodeJS.ProcessEnv): ConfigError {
  try {
    loadConfig(shape, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it loaded');
}

describe('what cannot be used is refused', () => {
  test('every problem is told at once, one line each, by the name of the variable and with what to do', () => {
    const { message } = problemOf({ TOKEN: 'short', KEY: 'wrong', PORT: '70000' });
    const [head, ...lines] = message.split('\n');
    expect(head).toContain('4 setting(s)');
    expect(lines).toEqual([
      expect.stringMatching(/TOKEN must be at least 32 characters, for example from `openssl rand -hex 32`/),
      expect.stringMatching(/KEY must begin with k-/),
      expect.stringMatching(/CALLBACK_URL is missing: Where to call\./),
      expect.stringMatching(/PORT .*65535/),
    ]);
  });

  test('an empty variable is an absent one', () => {
    expect(problemOf({ ...GOOD, KEY: '' }).message).toContain('KEY is missing: Signs.');
    expect(loadConfig(shape, { ...GOOD, PORT: '' }).PORT).toBe(3000);
  });

  test('the error holds no value, neither in its message nor in its stack or cause', () => {
    const values = {
      TOKEN: 'mistyped-token',
      KEY: 'mistyped-key',
      CALLBACK_URL: 'ftp://me:mistyped@bot',
      PORT: 'mistyped',
    };
    const { message, stack, cause } = problemOf(values);
    expect(message).toContain('4 setting(s)');
    expect(`${message}${stack}${String(cause)}`).not.toContain('mistyped');
  });

  test.each([
    ['REDIS_URL', 'localhost:6379', 'must begin with redis://, rediss:// or redis-sentinel://'],
    ['REDIS_NAMESPACE', 'a{b}', 'must be letters, digits, - and _'],
    ['LOG_LEVEL', 'verbose', '"debug"|"info"|"warn"|"error"|"silent"'],
  ])('%s that does not fit is told what would', (name, value, remedy) => {
    const load = () => loadConfig(common, { REDIS_URL: 'redis://here', [name]: value });
    expect(load).toThrow(`${name} `);
    expect(load).toThrow(remedy);
  });
});

describe('what fits is read', () => {
  test('settings get their types and their defaults, and the rest of the environment is left alone', () => {
    expect(loadConfig(shape, { ...GOOD, PORT: '8080', HOME: '/root' })).toEqual({ ...GOOD, PORT: 8080 });
  });

  test('the summary for the log shows of a secret that it is set, and everything else as it is', () => {
    expect(maskedSummary(shape, loadConfig(shape, GOOD))).toEqual({
      TOKEN: '[set]',
      KEY: '[set]',
      CALLBACK_URL: GOOD.CALLBACK_URL,
      PORT: 3000,
    });
  });

  test('the address of Redis is a secret, since it may hold a password', () => {
    const config = loadConfig(common, { REDIS_URL: 'redis://:hidden@localhost:6379' });
    expect(config.REDIS_URL).toContain('hidden');
    expect(JSON.stringify(maskedSummary(common, config))).not.toContain('hidden');
  });
});
