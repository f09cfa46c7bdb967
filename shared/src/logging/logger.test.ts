import { describe, expect, test } from '@jest/globals';
import { RetryableError } from '../failures.ts';
import { connectPatient } from '../redis/connect.ts';
import { testRedis } from '../testing/test-redis.ts';
import { createLogger } from './logger.ts';

const WORDS = 'my card number is 4111';

function setup(level?: string) {
  const lines: string[] = [];
  const logger = createLogger({ service: 'ingress', level }, { write: (line) => void lines.push(line) });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') };
}

const buried = (value: object, depth: number): object => (depth === 0 ? value : { at: [buried(value, depth - 1)] });

describe('a line holds no secret and no word of a visitor', () => {
  test.each([0, 1, 2, 3, 4])('at depth %i, in objects and in lists', (depth) => {
    const { logger, lines } = setup();
    const leak = { text: WORDS, richText: WORDS, transcript: [{ text: WORDS }], visitor: { name: WORDS }, body: WORDS };
    const secrets = { authorization: WORDS, accessToken: WORDS, clientSecret: WORDS, password: WORDS, token: WORDS };
    logger.info(buried({ ...leak, ...secrets, eventId: 'evt-1' }, depth), 'leak');
    expect(lines[0]).toContain('evt-1');
    expect(lines[0]).not.toContain(WORDS);
  });

  test('an event of a bot that somebody logs whole shows its ids and nothing that was said', () => {
    const { logger, lines, last } = setup();
    const event = { id: 'evt-1', type: 'visitor.message', conversationId: 'chat-1', data: { text: WORDS } };
    logger.warn({ job: { data: { delivery: { kind: 'notice', events: [event] } } } }, 'leak');
    expect(lines[0]).not.toContain(WORDS);
    expect(last().job.data.delivery.events[0]).toEqual({ ...event, data: { text: '[redacted]' } });
  });

  test('headers are never logged, in whatever case they are written', () => {
    const { logger, lines } = setup();
    logger.info({
      req: { method: 'POST', headers: { cookie: WORDS } },
      Authorization: WORDS,
      answer: { Headers: WORDS },
    });
    expect(lines[0]).toContain('POST');
    expect(lines[0]).not.toContain(WORDS);
  });
});

describe('an error', () => {
  test('of a failed Redis command is told without the command, whose arguments are the messages', async () => {
    const { logger, lines, last } = setup();
    const { url, namespace } = testRedis();
    const redis = connectPatient(url);
    await redis.connect();
    const failure = await redis.call('HSET', namespace, WORDS).catch((error: unknown) => error);
    redis.disconnect();
    logger.error({ err: failure }, 'worker error');
    expect(lines[0]).not.toContain(WORDS);
    expect(last().err).toMatchObject({ type: 'ReplyError', message: expect.stringContaining('ERR wrong number') });
  });

  test('is told with its kind, its stack, its causes and what we know of it', () => {
    const { logger, last } = setup();
    const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED', config: { secret: WORDS } });
    logger.error(new RetryableError('the bot could not be reached', { scope: 'portal', cause }));
    expect(last()).toMatchObject({
      msg: 'the bot could not be reached',
      err: { type: 'RetryableError', scope: 'portal', cause: { message: 'connection refused', code: 'ECONNREFUSED' } },
    });
    expect(last().err.stack).toContain('logger.test.ts');
    expect(JSON.stringify(last())).not.toContain(WORDS);
  });

  test('that holds itself is still a line', () => {
    const { logger, last } = setup();
    const error: Error & { self?: Error } = new Error('round');
    error.self = error;
    logger.error({ err: error });
    expect(last().err.message).toBe('round');
  });
});

test('a line is one line of JSON with the service, the time and the fields as they are', () => {
  const { logger, lines, last } = setup();
  logger.info({ at: new Date(0), attempt: 2, reason: 'two\nlines', nothing: null }, 'attempted');
  expect(lines).toHaveLength(1);
  expect(lines[0]?.trimEnd()).not.toContain('\n');
  expect(last()).toMatchObject({
    service: 'ingress',
    msg: 'attempted',
    attempt: 2,
    reason: 'two\nlines',
    nothing: null,
  });
  expect(last().at).toBe('1970-01-01T00:00:00.000Z');
  expect(Date.parse(last().time)).not.toBeNaN();
});

test('less than the level is not written', () => {
  const { logger, lines } = setup('warn');
  logger.info('quiet');
  logger.warn('loud');
  expect(lines).toHaveLength(1);
});
