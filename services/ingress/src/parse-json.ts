import type { Request } from 'express';
import { Problem } from './problem.ts';
import { rawBodyOf } from './raw-body.ts';

/** Levels of objects and arrays. The contracts need five; HubSpot's richest webhook has six. */
const MAX_DEPTH = 32;

/** The JSON of a request whose raw body was read. Throws {@link Problem} for everything that is not plain JSON in UTF-8. */
export function parseJson(request: Request): unknown {
  const body = rawBodyOf(request);
  if (body.length === 0) throw malformed('the body is empty: send JSON');
  if (!request.is('application/json'))
    throw new Problem('unsupported-media-type', { detail: 'send Content-Type: application/json' });
  const value = decodeJson(decodeUtf8(body));
  refuseOddities(value, 1);
  return value;
}

function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw malformed('the body is not UTF-8: encode it so', cause);
  }
}

function decodeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The parser's message quotes the text, which may be a visitor's words.
    throw malformed('the body is not valid JSON: make it with a JSON library', cause);
  }
}

/** What valid JSON can hold and no sender of ours has a reason to send. */
function refuseOddities(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw malformed(`the JSON is nested deeper than ${MAX_DEPTH} levels: flatten it`);
  if (Object.hasOwn(value, '__proto__')) throw malformed('a key is called __proto__: leave it out');
  for (const inner of Object.values(value)) refuseOddities(inner, depth + 1);
}

const malformed = (detail: string, cause?: unknown) => new Problem('malformed-request', { detail, cause });
