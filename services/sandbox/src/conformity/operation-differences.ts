import type { Stated } from './openapi-files.ts';
import { accountOf } from './openapi-schema.ts';
import { NUMBERS_IN_PATHS, type Operation } from './operation.ts';
import { differences } from './schema-differences.ts';

/** Where an operation of ours, at each of its paths, lets a request through that HubSpot's files do not know. */
export function operationDifferences(operation: Operation, files: ReadonlyMap<string, Stated>): string[] {
  return operation.paths.flatMap((path) => {
    const key = `${operation.method} ${path}`;
    const stated = files.get(key);
    const found = stated
      ? [
          ...pathDifferences(path, stated),
          ...queryDifferences(operation, stated),
          ...bodyDifferences(operation, stated),
        ]
      : ['not in the files'];
    return found.map((difference) => `${key}: ${difference}`);
  });
}

function pathDifferences(path: string, { parameters }: Stated): string[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return names.flatMap((name) => {
    const type = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.schema.type;
    const ours = NUMBERS_IN_PATHS.includes(name) ? 'integer' : 'string';
    return type === ours ? [] : [`{${name}} is ${type} and not ${ours}`];
  });
}

function queryDifferences({ query }: Operation, { parameters, keys, named }: Stated): string[] {
  const { properties = {}, required = [] } = query ? accountOf(query) : {};
  const theirs = parameters.filter((parameter) => parameter.in === 'query');
  const unasked = theirs.filter((parameter) => parameter.required && !required.includes(parameter.name));
  return [
    ...unasked.map(({ name }) => `query.${name} is required`),
    ...Object.entries(properties).flatMap(([name, ours]) => {
      if (keys.includes(name) || ours.wire === 'guides') return [];
      const parameter = theirs.find((candidate) => candidate.name === name);
      const at = `query.${name}`;
      return parameter ? differences({ at, ours, theirs: parameter.schema }, named) : [`${at} is unknown`];
    }),
  ];
}

function bodyDifferences({ body }: Operation, { requestBody, named }: Stated): string[] {
  if (!body) return requestBody ? ['there is a body'] : [];
  const theirs = requestBody?.content[body.contentType]?.schema;
  return theirs
    ? differences({ at: 'body', ours: accountOf(body.schema), theirs }, named)
    : [`there is no body of ${body.contentType}`];
}
