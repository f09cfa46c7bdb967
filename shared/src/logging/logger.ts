import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * Fields that may hold a secret or a visitor's words, at any of the depths we log. Lines carry ids, sizes and outcomes only;
 * this is the net under that rule, for an object that somebody logs whole.
 */
const NEVER_LOGGED = [
  'text',
  'richText',
  'transcript',
  'name',
  'email',
  'phone',
  'visitor',
  'body',
  'authorization',
  'accessToken',
  'clientSecret',
  'signingSecret',
  'password',
  'token',
];

const MAX_DEPTH = 3;

const paths = Array.from({ length: MAX_DEPTH + 1 }, (_, depth) =>
  NEVER_LOGGED.map((field) => '*.'.repeat(depth) + field),
).flat();

/** One logger a process. `service` is on every line. */
export const createLogger = (
  { service, level = 'info' }: { service: string; level?: string | undefined },
  destination?: DestinationStream,
): Logger =>
  pino(
    {
      level,
      base: { service },
      redact: { paths: [...paths, 'req.headers', 'err.config'], censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  );
