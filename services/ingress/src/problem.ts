import { z } from 'zod';

export const KINDS = {
  'malformed-request': { status: 400, title: 'The request is malformed' },
  'invalid-event': { status: 400, title: 'An event does not follow the contract' },
  'invalid-webhook': { status: 400, title: 'The webhook is not of a known shape' },
  unauthorized: { status: 401, title: 'The sender is not known' },
  'account-disabled': { status: 403, title: 'The channel account of this bot is not in use' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  gone: { status: 410, title: 'The link has expired' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON' },
  'too-many-requests': { status: 429, title: 'Too many ask at once' },
  internal: { status: 500, title: 'Parley made a mistake' },
  unavailable: { status: 503, title: 'Nothing can be accepted at the moment' },
} as const;

export type ProblemKind = keyof typeof KINDS;

/** An RFC 9457 problem, as it is answered. */
export const ProblemBody = z.object({
  type: z.string().startsWith('urn:parley:problem:'),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1).describe('What is wrong and what to do.'),
  errors: z
    .array(
      z.object({
        path: z.string().describe('`[3].data.text`; empty for the event or batch as a whole.'),
        problem: z.string().min(1).describe('What is wrong and what would be right.'),
      }),
    )
    .optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;

export interface ProblemDetails {
  /** Told to the sender: what is wrong and what to do. Never internals, never what was sent. */
  readonly detail: string;
  /** Told to the log, where it differs. Never secrets, never a visitor's words. */
  readonly reason?: string;
  readonly errors?: NonNullable<ProblemBody['errors']>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A request that is answered with an RFC 9457 problem, and nothing of it accepted for certain. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The answer, as `application/problem+json`. */
  readonly body: ProblemBody;

  constructor(kind: ProblemKind, { detail, reason = detail, errors, headers = {}, cause }: ProblemDetails) {
    super(reason, { cause });
    const { status, title } = KINDS[kind];
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.body = { type: `urn:parley:problem:${kind}`, title, status, detail, ...(errors && { errors }) };
  }
}

/** One answer to whoever must not learn that something is there, and to whoever mistyped. */
export const notFound = (reason: string): Problem =>
  new Problem('not-found', { detail: 'check the address: the README lists those that Parley has', reason });
