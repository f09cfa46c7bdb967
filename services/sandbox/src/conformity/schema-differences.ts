import type { Schema } from './openapi-schema.ts';

/** HubSpot's side of a comparison: what its references point to. */
export type Named = Readonly<Record<string, Schema>>;

interface Pair {
  /** Names the field in the answer. */
  readonly at: string;
  readonly ours: Schema;
  readonly theirs: Schema;
}

/**
 * Where our schema lets something through that HubSpot's does not. None: what passes ours passes HubSpot's. Ours may ask for more and
 * allow less.
 */
export function differences({ at, ours, theirs: unresolved }: Pair, named: Named): string[] {
  const theirs = resolved(unresolved, named);
  if (isOpen(theirs) || ours.not !== undefined) return [];
  if (ours.wire !== undefined) return wireDifferences({ at, ours, theirs }, named);
  const variants = ours.oneOf ?? ours.anyOf;
  if (variants) return variants.flatMap((variant) => differences({ at, ours: variant, theirs }, named));
  if (theirs.oneOf) return variantDifferences({ at, ours, theirs }, named);
  if (!isWithin(ours.type, theirs.type)) return [`${at} is ${theirs.type} and not ${ours.type}`];
  return [
    ...(ours.nullable && !theirs.nullable ? [`${at} cannot be null`] : []),
    ...wordDifferences({ at, ours, theirs }),
    ...objectDifferences({ at, ours, theirs }, named),
    ...(ours.items && theirs.items
      ? differences({ at: `${at}[]`, ours: ours.items, theirs: theirs.items }, named)
      : []),
  ];
}

function resolved(schema: Schema, named: Named): Schema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    const target = named[name];
    if (!target) throw new Error(`${schema.$ref} points to nothing`);
    return resolved(target, named);
  }
  // A variant names its family as one of its parents, which would lead back to the variants.
  const parents = schema.allOf?.map((parent) => resolved(parent, named)).filter(({ oneOf }) => !oneOf);
  return parents?.reduce(merged) ?? schema;
}

const merged = (one: Schema, other: Schema): Schema => ({
  ...one,
  ...other,
  required: [...(one.required ?? []), ...(other.required ?? [])],
  properties: { ...one.properties, ...other.properties },
});

/** How HubSpot's files write "any value", texts and switches included: an object of which nothing is said. */
const isOpen = ({ type, properties = {}, additionalProperties, oneOf }: Schema) =>
  type === 'object' && Object.keys(properties).length === 0 && additionalProperties === undefined && !oneOf;

const isWithin = (ours: string | undefined, theirs: string | undefined) =>
  ours === theirs || (ours === 'integer' && theirs === 'number');

function wireDifferences({ at, ours, theirs }: Pair, named: Named): string[] {
  if (ours.wire === 'binary') return theirs.format === 'binary' ? [] : [`${at} is no file`];
  if (ours.wire !== theirs.type) return [`${at} is ${theirs.type} and not ${String(ours.wire)}`];
  const [item] = ours.anyOf ?? [];
  return item && theirs.items ? differences({ at: `${at}[]`, ours: item, theirs: theirs.items }, named) : [];
}

function variantDifferences({ at, ours, theirs }: Pair, named: Named): string[] {
  const type = ours.properties?.type?.enum?.[0] ?? '';
  const variant = theirs.oneOf
    ?.map((one) => resolved(one, named))
    .find((one) => one.properties?.type?.enum?.includes(type));
  return variant ? differences({ at: `${at}(${type})`, ours, theirs: variant }, named) : [`${at} has no kind ${type}`];
}

function wordDifferences({ at, ours, theirs }: Pair): string[] {
  if (theirs.format === 'date-time' && ours.format !== 'date-time') return [`${at} is a date with a time`];
  if (!theirs.enum) return [];
  if (!ours.enum) return [`${at} is one of ${theirs.enum.join(', ')}, and ours takes any`];
  return ours.enum.filter((word) => !theirs.enum?.includes(word)).map((word) => `${at} cannot be ${word}`);
}

function objectDifferences({ at, ours, theirs }: Pair, named: Named): string[] {
  if (ours.type !== 'object') return [];
  const unasked = (theirs.required ?? []).filter((name) => !ours.required?.includes(name));
  const others = typeof theirs.additionalProperties === 'object' ? theirs.additionalProperties : undefined;
  const known = Object.entries(ours.properties ?? {}).flatMap(([name, property]) => {
    const stated = theirs.properties?.[name] ?? others;
    const field = `${at}.${name}`;
    return stated ? differences({ at: field, ours: property, theirs: stated }, named) : [`${field} is unknown`];
  });
  return [
    ...unasked.map((name) => `${at}.${name} is required`),
    ...known,
    ...restDifferences({ at, ours, theirs }, named),
  ];
}

/** What may stand in an object beyond the properties that it names. */
function restDifferences({ at, ours, theirs }: Pair, named: Named): string[] {
  const { additionalProperties: rest } = ours;
  if (rest === false) return [];
  if (typeof rest !== 'object' || typeof theirs.additionalProperties !== 'object')
    return [`${at} takes no other properties`];
  return differences({ at: `${at}.*`, ours: rest, theirs: theirs.additionalProperties }, named);
}
