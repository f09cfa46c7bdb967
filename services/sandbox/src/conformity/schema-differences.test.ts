import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { operationsIn } from './openapi-files.ts';
import { accountOf, type Schema } from './openapi-schema.ts';
import { json, list, type Operation } from './operation.ts';
import { operationDifferences } from './operation-differences.ts';
import { differences, type Named } from './schema-differences.ts';

const named: Named = {
  Colour: { type: 'string', enum: ['RED', 'BLUE'] },
  Paint: { oneOf: [{ $ref: '#/components/schemas/Oil' }, { $ref: '#/components/schemas/Chalk' }] },
  Oil: { type: 'object', required: ['type'], properties: { type: { type: 'string', enum: ['OIL'] } } },
  Chalk: {
    allOf: [
      { $ref: '#/components/schemas/Paint' },
      {
        type: 'object',
        required: ['type', 'dust'],
        properties: { type: { type: 'string', enum: ['CHALK'] }, dust: { type: 'number' } },
      },
    ],
  },
};
const text: Schema = { type: 'string' };
const thing = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
const colour: Schema = { $ref: '#/components/schemas/Colour' };
const paint: Schema = { $ref: '#/components/schemas/Paint' };
const time: Schema = { type: 'string', format: 'date-time' };
const found = (ours: z.ZodType, theirs: Schema) => differences({ at: 'body', ours: accountOf(ours), theirs }, named);

describe('ours is within theirs', () => {
  test.each([
    ['when it says the same', z.strictObject({ a: z.string() }), thing({ a: text }, ['a'])],
    ['when it asks for more', z.strictObject({ a: z.string() }), thing({ a: text })],
    ['when it allows less', z.strictObject({ c: z.literal('RED') }), thing({ c: colour, d: text })],
    ['when theirs says nothing of a value', z.strictObject({ a: z.string().nullable() }), thing({ a: thing({}) })],
    ['when its kinds are among theirs', z.strictObject({ type: z.literal('CHALK'), dust: z.int() }), paint],
    ['when both take any name', z.record(z.string(), z.string()), { type: 'object', additionalProperties: text }],
  ])('%s', (_when, ours, theirs) => {
    expect(found(ours, theirs)).toEqual([]);
  });
});

describe('ours is beyond theirs', () => {
  test.each([
    [
      'a required property is optional',
      z.strictObject({ a: z.string().optional() }),
      thing({ a: text }, ['a']),
      'body.a is required',
    ],
    ['a property is unknown', z.strictObject({ b: z.string() }), thing({ a: text }), 'body.b is unknown'],
    ['a type is another', z.strictObject({ a: z.int() }), thing({ a: text }), 'body.a is string and not integer'],
    ['null is allowed', z.strictObject({ a: z.string().nullable() }), thing({ a: text }), 'body.a cannot be null'],
    [
      'a word is unknown',
      z.strictObject({ c: z.enum(['RED', 'GREEN']) }),
      thing({ c: colour }),
      'body.c cannot be GREEN',
    ],
    [
      'any word is allowed',
      z.strictObject({ c: z.string() }),
      thing({ c: colour }),
      'body.c is one of RED, BLUE, and ours takes any',
    ],
    ['any text is a time', z.strictObject({ t: z.string() }), thing({ t: time }), 'body.t is a date with a time'],
    ['a list holds another type', z.array(z.int()), { type: 'array', items: text }, 'body[] is string and not integer'],
    [
      'other properties may follow',
      z.looseObject({ a: z.string() }),
      thing({ a: text }),
      'body takes no other properties',
    ],
    ['a kind is unknown', z.strictObject({ type: z.literal('INK') }), paint, 'body has no kind INK'],
    [
      'a kind lacks what it must have',
      z.strictObject({ type: z.literal('CHALK') }),
      paint,
      'body(CHALK).dust is required',
    ],
    ['a parameter may be repeated', list(z.string()), text, 'body is string and not array'],
  ])('when %s', (_when, ours, theirs, difference) => {
    expect(found(ours, theirs)).toEqual([difference]);
  });
});

test('an operation is compared at each of its paths, with path, query and body', () => {
  const file = {
    paths: {
      '/v1/{channelId}': {
        post: {
          parameters: [
            { name: 'channelId', in: 'path', schema: text },
            { name: 'key', in: 'query', required: true, schema: text },
          ],
          requestBody: { content: { 'multipart/form-data': { schema: thing({}) } } },
        },
      },
    },
    components: {},
  };
  const operation: Operation = {
    name: 'x',
    method: 'POST',
    paths: ['/v1/{channelId}', '/v2/{channelId}'],
    query: z.strictObject({ sort: z.string() }),
    body: json(z.strictObject({})),
  };
  expect(operationDifferences(operation, new Map(operationsIn(file)))).toEqual([
    'POST /v1/{channelId}: {channelId} is string and not integer',
    'POST /v1/{channelId}: query.key is required',
    'POST /v1/{channelId}: query.sort is unknown',
    'POST /v1/{channelId}: there is no body of application/json',
    'POST /v2/{channelId}: not in the files',
  ]);
});
