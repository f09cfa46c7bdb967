import { z } from 'zod';

/** Settings by the name of their environment variable. Every setting is described; secrets are made with `secret()`. */
export type Shape = Record<string, z.ZodType>;

/** The settings that a shape describes, as they are after reading. */
export type ConfigOf<S extends Shape> = z.infer<z.ZodObject<S>>;

/** Thrown once with every problem, one line each. It never holds a value, since a mistyped secret is still a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const secrets = z.registry<{ secret: true }>();

const LONG_ENOUGH = z.string().min(32, 'must be at least 32 characters, for example from `openssl rand -hex 32`');

/** A secret, by default one of at least 32 characters. The start-up summary shows only that it is set. */
export function secret(description: string): z.ZodString;
export function secret<S extends z.ZodType>(description: string, schema: S): S;
export function secret(description: string, schema: z.ZodType = LONG_ENOUGH): z.ZodType {
  return schema.describe(description).register(secrets, { secret: true });
}

export const isSecret = (schema: z.ZodType): boolean => secrets.has(schema);

/** What the environment has of the settings, by name; an empty variable counts as absent. */
type Given = Readonly<Record<string, string | undefined>>;

const conditions = z.registry<{ missing: (given: Given) => string | undefined }>();

/** A setting that can be left out only in the light of others: `missing` says what there must be beside them. */
export function neededWith<S extends z.ZodType>(schema: S, missing: (given: Given) => string | undefined): S {
  conditions.add(schema, { missing });
  return schema;
}

/**
 * Reads `shape` from `env`. An empty variable counts as absent, as it does in `.env` files and docker-compose.
 * Throws {@link ConfigError} naming every missing or malformed variable.
 */
export function loadConfig<S extends Shape>(shape: S, env: NodeJS.ProcessEnv): ConfigOf<S> {
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, env[name] || undefined]));
  const result = z.object(shape).safeParse(given);
  const unfit = (result.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is missing: ${shape[name]?.description}` : `${name} ${issue.message}`;
  });
  const missing = Object.values(shape).flatMap((schema) => conditions.get(schema)?.missing(given) ?? []);
  const problems = [...unfit, ...missing];
  if (result.success && problems.length === 0) return result.data;
  throw new ConfigError(`${problems.length} setting(s) need attention:\n  ${problems.join('\n  ')}`);
}

/** The settings as they may be logged at start: secrets show only that they are set. */
export function maskedSummary(shape: Shape, config: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, isSecret(schema) && config[name] ? '[set]' : config[name]]),
  );
}
