import type { Answer } from './exchange.ts';
import { refusalBodyOf } from './refusal-body.ts';

/** HubSpot's sentence ends in JSON: `Property values were not valid: [{…,"error":"PROPERTY_DOESNT_EXIST","name":"plan"}]`. */
const NAME_IN_SENTENCE = /"name":\s*"([^"]+)"/g;

/**
 * Which of the properties that were sent HubSpot refused: such as the account has not, or whose value does not fit. None when it
 * names others alone, like the address; all of them when it names none, since no source promises that it does.
 */
export function refusedProperties(answer: Answer, sent: readonly string[]): readonly string[] {
  const body = refusalBodyOf(answer);
  if (body === undefined || (answer.status !== 400 && answer.status !== 207)) return [];
  const named = [
    ...[...(body.message ?? '').matchAll(NAME_IN_SENTENCE)].map(([, name]) => name),
    ...(body.errors ?? []).flatMap(({ context }) => context?.propertyName ?? []),
  ];
  return named.length === 0 ? sent : sent.filter((name) => named.includes(name));
}
