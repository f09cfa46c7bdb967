import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import { EventToBot } from '@parley/shared/contracts/event-to-bot';

const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');

const found = (pattern: RegExp): string => pattern.exec(readme)?.[1] ?? `the README has no ${pattern}`;

test("the README's command sends an event of the contract", () => {
  expect(EventFromBot.safeParse(JSON.parse(found(/-d '(\{[^']+\})'/))).error).toBeUndefined();
});

test("the README's request is one of Parley's, signed with the secret beside it", () => {
  const body = found(/^(\{"id".*\})$/m);
  const event: unknown = JSON.parse(body);
  expect(EventToBot.parse(event)).toEqual(event);
  const id = found(/^webhook-id: (.*)$/m);
  expect(event).toMatchObject({ id });
  const key = Buffer.from(found(/`whsec_([^`]+)`/), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${found(/^webhook-timestamp: (.*)$/m)}.${body}`);
  expect(found(/^webhook-signature: (.*)$/m)).toBe(`v1,${signature.digest('base64')}`);
});
