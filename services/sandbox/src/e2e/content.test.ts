import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { handOff, said, startTestSandbox } from './start.ts';

/** Sends a `visitor.message` as a bot would that knows more than the demo bot. */
async function send(
  { environment }: Sandbox,
  conversationId: string,
  data: object,
  id = randomUUID(),
): Promise<string> {
  const response = await fetch(`${environment.PUBLIC_URL}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${environment.BOT_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id, type: 'visitor.message', conversationId, occurredAt: new Date().toISOString(), data }),
  });
  expect(response.status).toBe(202);
  return id;
}

describe('words that HubSpot could find too long', () => {
  const text = Array.from({ length: 60 }, (_, index) => `${index} ${'word '.repeat(79)}`)
    .join('')
    .trim();

  test('stand in the thread whole, in order, in several messages with rising times', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    await send(sandbox, visitor.conversationId, { text });
    await send(sandbox, visitor.conversationId, { text: 'after' });
    await simulator.until(() => said(thread).includes('after'));
    const parts = said(thread).slice(1, -1);
    expect(parts).toHaveLength(3);
    expect(parts.join(' ')).toBe(text);
    const times = thread.messages.flatMap(({ type, createdAt }) => (type === 'MESSAGE' ? [Date.parse(createdAt)] : []));
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
  });

  test('stand there once, though HubSpot stored a part before the connection broke', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.faults.loseAnswer({ operation: 'publish' });
    await send(sandbox, visitor.conversationId, { text });
    await simulator.until(() => said(thread).length === 4);
    await sandbox.settled();
    expect(said(thread).slice(1).join(' ')).toBe(text);
  });
});

describe('formatted words', () => {
  test("of a visitor's reach the agent without what could run", async () => {
    await using sandbox = await startTestSandbox();
    const { visitor, thread } = await handOff(sandbox);
    await send(sandbox, visitor.conversationId, {
      text: 'bold',
      richText: '<b onclick="x()">bold</b><script>x()</script>',
    });
    await sandbox.simulator.until(() => said(thread).includes('bold'));
    expect(thread.messages).toContainEqual(expect.objectContaining({ text: 'bold', richText: '<b>bold</b>' }));
  });
});
