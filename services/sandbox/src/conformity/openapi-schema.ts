import { z } from 'zod';

/** What HubSpot's files and zod's account of our own schemas are both written in, as far as they use it. */
export interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly nullable?: boolean | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly items?: Schema | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly not?: unknown;
  /** Ours alone: see operation.ts. */
  readonly wire?: unknown;
}

export const Schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.string().optional(),
    format: z.string().optional(),
    enum: z.array(z.string()).optional(),
    nullable: z.boolean().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), Schema).optional(),
    additionalProperties: z.union([z.boolean(), Schema]).optional(),
    items: Schema.optional(),
    oneOf: z.array(Schema).optional(),
    anyOf: z.array(Schema).optional(),
    allOf: z.array(Schema).optional(),
    not: z.unknown().optional(),
    wire: z.unknown().optional(),
  }),
);

/** What a schema of ours accepts, in the same words. */
export const accountOf = (schema: z.ZodType): Schema =>
  Schema.parse(z.toJSONSchema(schema, { io: 'input', target: 'openapi-3.0' }));
