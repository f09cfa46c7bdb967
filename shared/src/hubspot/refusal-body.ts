import { z } from 'zod';
import type { Answer } from './exchange.ts';
import { withoutPrivateWords } from './private-words.ts';

const maybe = z.string().min(1).optional().catch(undefined);

const Context = z
  .object({ propertyName: z.array(z.string()) })
  .optional()
  .catch(undefined);

/** HubSpot: "all fields optional in any error parsing". A 429 has `policyName` where others have `category`. */
const RefusalBody = z.object({
  message: maybe,
  category: maybe,
  subCategory: maybe,
  policyName: maybe,
  correlationId: maybe,
  errors: z
    .array(z.object({ message: maybe, in: maybe, subCategory: maybe, context: Context }).catch({}))
    .optional()
    .catch(undefined),
});
export type RefusalBody = z.infer<typeof RefusalBody>;

/** Nothing when the body is not HubSpot's: its infrastructure answers with HTML, plain text or nothing. */
export function refusalBodyOf(answer: Answer): RefusalBody | undefined {
  try {
    return RefusalBody.safeParse(JSON.parse(answer.text)).data;
  } catch {
    return undefined;
  }
}

const MAX_SENTENCE = 300;
const MAX_ERRORS = 3;

/** What HubSpot said, in one line of at most about a thousand characters, without private words. */
export function explain(answer: Answer, privateWords: readonly string[]): string {
  const body = refusalBodyOf(answer);
  if (body === undefined) {
    const type = answer.headers['content-type'] ?? 'of no type';
    return `HubSpot answered ${answer.status} without an explanation (${answer.text.length} characters, ${type.slice(0, 60)})`;
  }
  const said = (sentence: string) => cut(withoutPrivateWords(sentence, privateWords).replaceAll(/\s+/g, ' '));
  const kind = [body.category ?? body.policyName, body.subCategory].filter((name) => name !== undefined).join('/');
  const errors = (body.errors ?? [])
    .map(({ message, in: field, subCategory }) => [field ?? subCategory, message].filter(Boolean).join(': '))
    .filter(Boolean)
    .slice(0, MAX_ERRORS)
    .map(said);
  return [
    `HubSpot answered ${answer.status}${kind && ` ${said(kind)}`}${body.message === undefined ? '' : `: ${said(body.message)}`}`,
    ...(errors.length > 0 ? [`(${errors.join('; ')})`] : []),
    ...(body.correlationId === undefined ? [] : [`[correlationId ${body.correlationId.slice(0, 40)}]`]),
  ].join(' ');
}

const cut = (sentence: string) =>
  sentence.length <= MAX_SENTENCE ? sentence : `${sentence.slice(0, MAX_SENTENCE - 1)}…`;
