import type { z } from 'zod';
import { type Answer, LostAnswer } from './exchange.ts';

/** HubSpot took the request, so what cannot be read is a lost answer and not a refusal. */
export function readAnswer<T>(answer: Answer, schema: z.ZodType<T>): T {
  const result = schema.safeParse(jsonOf(answer.text));
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path }) => path.join('.') || 'body').slice(0, 5);
  throw new LostAnswer(`HubSpot answered ${answer.status}, but unreadably: ${fields.join(', ')}`, { certain: false });
}

/** Nothing for what is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
