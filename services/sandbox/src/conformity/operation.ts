import { z } from 'zod';

/**
 * One operation of HubSpot's API as Parley may use it: never more than HubSpot allows in any of the versions whose paths are named,
 * and never less than it asks for in the strictest of them.
 */
export interface Operation {
  /** What it does, for the reader of a failure. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** A template for each API version, with `{parameters}`. */
  readonly paths: readonly string[];
  /** None: the operation takes no query. */
  readonly query?: z.ZodObject;
  /** None: the request has no body. */
  readonly body?: Body;
}

export interface Body {
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded' | 'multipart/form-data';
  readonly schema: z.ZodType;
}

export const json = (schema: z.ZodType): Body => ({ contentType: 'application/json', schema });

export const under = (roots: readonly string[], path: string): string[] => roots.map((root) => root + path);

/** Parameters of a path that are numbers to HubSpot; all others are text. */
export const NUMBERS_IN_PATHS = ['appId', 'channelId', 'channelAccountId', 'threadId', 'inboxId'];

/** What HubSpot's files call the type of something that travels as text; `guides`: only its guides know the parameter. */
const as = (wire: 'integer' | 'boolean' | 'array' | 'binary' | 'guides') => ({ wire });

export const integerText = z
  .string()
  .regex(/^-?\d+$/, 'must be an integer')
  .meta(as('integer'));
export const booleanText = z.enum(['true', 'false']).meta(as('boolean'));
export const binary = z.union([z.string(), z.looseObject({})]).meta(as('binary'));
export const numberInGuides = z.string().regex(/^\d+$/, 'must be digits').meta(as('guides'));
/** May be given several times. */
export const list = (item: z.ZodType<string>) => z.union([item, z.array(item)]).meta(as('array'));

/** What every list of HubSpot's takes to be read page by page. */
export const paging = { after: z.string(), limit: integerText, sort: list(z.string()) };
