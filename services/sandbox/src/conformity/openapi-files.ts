import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Schema } from './openapi-schema.ts';

const Parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: Schema });

const StatedOperation = z.object({
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: Schema })) }).optional(),
});

const OpenApiFile = z.object({
  paths: z.record(z.string(), z.record(z.string(), StatedOperation)),
  components: z.object({
    schemas: z.record(z.string(), Schema).default({}),
    securitySchemes: z
      .record(z.string(), z.object({ in: z.string().optional(), name: z.string().optional() }))
      .default({}),
  }),
});

/** An operation as HubSpot states it, with all that its schemas refer to. */
export interface Stated extends z.infer<typeof StatedOperation> {
  readonly named: Readonly<Record<string, Schema>>;
  /** Query parameters that carry a credential, which the files name apart from the others. */
  readonly keys: readonly string[];
}

/** Every operation in the OpenAPI files of a folder, by method and path template: `GET /things/{thingId}`. */
export function readOpenApiFiles(folder: string): ReadonlyMap<string, Stated> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(files.flatMap((name) => operationsIn(JSON.parse(readFileSync(join(folder, name), 'utf8')))));
}

export function operationsIn(file: unknown): [string, Stated][] {
  const { paths, components } = OpenApiFile.parse(file);
  const schemes = Object.values(components.securitySchemes);
  const keys = schemes.flatMap(({ in: place, name }) => (place === 'query' && name !== undefined ? [name] : []));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Stated] => [
      `${method.toUpperCase()} ${path}`,
      { ...operation, named: components.schemas, keys },
    ]),
  );
}
