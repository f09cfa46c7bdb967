import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * Fields that may hold a secret or a visitor's words, in whatever case they are written and however deep they stand. Lines carry
 * ids, sizes and outcomes only; this is the net under that rule, for an object that somebody logs whole. It does not hold what a
 * child logger is bound to, which pino shows to no formatter.
 */
const NEVER_LOGGED = new Set(
  [
    'text',
    'richText',
    'transcript',
    'name',
    'email',
    'phone',
    'visitor',
    'body',
    'headers',
    'authorization',
    'accessToken',
    'clientSecret',
    'signingSecret',
    'password',
    'token',
  ].map((field) => field.toLowerCase()),
);

/** What libraries hang on their errors: a failed Redis command with its arguments, which are the messages; a request with its token. */
const NEVER_LOGGED_OF_ERRORS = new Set(['name', 'command', 'config']);

/** Nothing of ours is nested as deep; an object that holds itself ends here. */
const MAX_DEPTH = 8;

/** One logger a process. `service` is on every line. */
export const createLogger = (
  { service, level = 'info' }: { service: string; level?: string | undefined },
  destination: DestinationStream = pino.destination({ sync: true }),
): Logger =>
  pino(
    {
      level,
      base: { service },
      formatters: { log: (line) => redactFields(line, 0) },
      serializers: { err: (told) => told }, // the formatter above has told it
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  );

const redactFields = (fields: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      NEVER_LOGGED.has(field.toLowerCase()) ? '[redacted]' : redact(value, depth + 1),
    ]),
  );

function redact(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (isError(value)) return redactFields(fieldsOfError(value), depth);
  if ('toJSON' in value && typeof value.toJSON === 'function') return redact(value.toJSON(), depth + 1);
  return redactFields(value, depth);
}

const isError = (value: object): value is Error => 'stack' in value && 'message' in value && 'name' in value;

function fieldsOfError(error: Error): Record<string, unknown> {
  const { name: type, message, stack, cause } = error;
  const details = Object.entries(error).filter(([field]) => !NEVER_LOGGED_OF_ERRORS.has(field));
  const errors = 'errors' in error ? error.errors : undefined;
  return { ...Object.fromEntries(details), type, message, stack, cause, errors };
}
