import type { z } from 'zod';
import { type Body, NUMBERS_IN_PATHS, type Operation } from './operation.ts';
import { fieldsOf, partsOf } from './read-form.ts';
import { STATEMENT } from './statement.ts';

/** A request to HubSpot, as the simulator logs it. A body that is not JSON is its text, or an object of its fields. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  /** Empty, or with its question mark. */
  readonly query: string;
  readonly body: unknown;
}

/** More would hide the first ones, which are usually the cause. */
const MOST_SHOWN = 20;

/**
 * Throws when one of these requests is not in HubSpot's API as `STATEMENT` has it. The message has a line for each field in the wrong,
 * with its request's number, oldest first from 1; it tells names and types, and no value of a query or a body.
 */
export function assertConform(requests: readonly SentRequest[]): void {
  const faults = requests.flatMap((request, at) =>
    faultsOf(request).map((fault) => `request ${at + 1}, ${request.method} ${request.path}: ${fault}`),
  );
  if (faults.length === 0) return;
  const more = faults.length > MOST_SHOWN ? [`… and ${faults.length - MOST_SHOWN} more`] : [];
  const lines = [...faults.slice(0, MOST_SHOWN), ...more];
  throw new Error(`of ${requests.length} requests, some are not in HubSpot's API:\n  ${lines.join('\n  ')}`);
}

function faultsOf(request: SentRequest): string[] {
  const operation = STATEMENT.find(
    ({ method, paths }) => method === request.method && paths.some((path) => patternOf(path).test(request.path)),
  );
  if (!operation) return ['no such operation is stated'];
  const { query, body } = operation;
  return [...queryFaults(query, fieldsOf(request.query)), ...bodyFaults(body, request.body)].map(
    (fault) => `${fault} (${operation.name})`,
  );
}

function queryFaults(schema: Operation['query'], given: ReturnType<typeof fieldsOf>): string[] {
  if (schema) return faultsIn('query', given, schema);
  return Object.keys(given).map((name) => `query.${name} is unknown`);
}

function bodyFaults(stated: Body | undefined, given: unknown): string[] {
  if (!stated) return given === undefined ? [] : ['there must be no body'];
  if (given === undefined) return ['the body is missing'];
  return faultsIn('body', typeof given === 'string' ? readAs(stated, given) : given, stated.schema);
}

function readAs({ contentType }: Body, text: string): unknown {
  switch (contentType) {
    case 'application/json':
      return text;
    case 'application/x-www-form-urlencoded':
      return fieldsOf(text);
    case 'multipart/form-data':
      return partsOf(text);
  }
}

function faultsIn(where: string, given: unknown, schema: z.ZodType): string[] {
  const { error } = schema.safeParse(given, { reportInput: true });
  return (error?.issues ?? []).flatMap((issue) => sentencesOf(where, issue));
}

function sentencesOf(where: string, issue: z.core.$ZodIssue): string[] {
  const field = [where, ...issue.path].map(String).join('.');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${field}.${key} is unknown`);
  if (issue.input === undefined) return [`${field} is missing`];
  if (issue.input === null) return [`${field} is null and must be left out`];
  return [`${field}: ${issue.message}`];
}

function patternOf(template: string): RegExp {
  const pattern = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    NUMBERS_IN_PATHS.includes(name) ? '\\d+' : '[^/]+',
  );
  return new RegExp(`^${pattern}$`);
}
