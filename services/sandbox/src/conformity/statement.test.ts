import { describe, expect, test } from '@jest/globals';
import { readOpenApiFiles } from './openapi-files.ts';
import { operationDifferences } from './operation-differences.ts';
import { STATEMENT } from './statement.ts';

/** A folder with the OpenAPI files that HubSpot publishes. They are not ours to carry; without them this is skipped, visibly. */
const folder = process.env.PARLEY_HUBSPOT_OPENAPI;
const testWithFiles = folder ? test : test.skip;

test('no two stated operations share a method and a path', () => {
  const keys = STATEMENT.flatMap(({ method, paths }) => paths.map((path) => `${method} ${path}`));
  expect(new Set(keys).size).toBe(keys.length);
});

describe("against HubSpot's own files (PARLEY_HUBSPOT_OPENAPI)", () => {
  testWithFiles.each(STATEMENT.map((operation) => [operation.name, operation] as const))(
    '%s: what passes our check is in the API',
    (_name, operation) => {
      expect(operationDifferences(operation, readOpenApiFiles(folder ?? ''))).toEqual([]);
    },
  );
});
