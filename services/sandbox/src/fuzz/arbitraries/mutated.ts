import fc from 'fast-check';
import { hostileJson, hostileKey } from './hostile.ts';

/** JSON as text: of a value, and whether anything in it is not as it was generated. */
export interface Json {
  readonly text: string;
  readonly intact: boolean;
}

/** A part that is text already, and is not looked into. */
class Written {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

const KINDS = ['replace', 'replace', 'replace', 'drop', 'add', 'repeat a key', 'wrap'] as const;

const anyChange = fc.record({ at: fc.nat(), kind: fc.constantFrom(...KINDS), key: hostileKey, json: hostileJson });
type Change = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

/** Values of a contract: as they are, or changed in up to three places however deep. */
export const mutated = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<Json> =>
  fc
    .tuple(
      valid,
      fc.oneof(
        { weight: 1, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: fc.array(anyChange, { minLength: 1, maxLength: 3 }) },
      ),
    )
    .map(([value, changes]) => ({
      text: textOf(changes.reduce<unknown>(changed, value)),
      intact: changes.length === 0,
    }));

function changed(value: unknown, change: Change): unknown {
  const paths = pathsIn(value);
  return changedAt(value, paths[change.at % paths.length] ?? [], change);
}

/** Where every part of a value stands, the whole first. */
function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null || value instanceof Written) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner).map((path) => [key, ...path]))];
}

function changedAt(value: unknown, [step, ...rest]: readonly string[], change: Change): unknown {
  if (step === undefined) return changedPart(value, change);
  const entries = Object.entries(Object(value)).flatMap(([key, inner]) => {
    if (key !== step) return [[key, inner] as const];
    return rest.length === 0 && change.kind === 'drop' ? [] : [[key, changedAt(inner, rest, change)] as const];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function changedPart(value: unknown, { kind, key, json }: Change): unknown {
  const text = textOf(value);
  const [first] = Object.keys(Object(value));
  const isObject = text.startsWith('{') && first !== undefined;
  if (kind === 'wrap') return new Written(`[${text}]`);
  if (kind === 'add' && isObject) return new Written(`${text.slice(0, -1)},${JSON.stringify(key)}:${json}}`);
  if (kind === 'repeat a key' && isObject) return new Written(`${text.slice(0, -1)},${JSON.stringify(first)}:${json}}`);
  return new Written(json);
}

export function textOf(value: unknown): string {
  if (value instanceof Written) return value.json;
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${textOf(inner)}`)
    .join(',')}}`;
}
