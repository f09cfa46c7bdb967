import { expect } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';

/** Sends one event as a bot would; `id` names it. */
export async function send(
  { environment, secrets }: Sandbox,
  id: string,
  event: { type: string; conversationId: string; data: object },
) {
  const response = await fetch(`${environment.PUBLIC_URL}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id, occurredAt: new Date().toISOString(), ...event }),
  });
  expect(response.status).toBe(202);
}
