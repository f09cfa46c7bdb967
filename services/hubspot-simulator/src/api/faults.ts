import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Changes } from '../portal/changes.ts';
import { HubSpotError } from './errors.ts';
import { rateLimited } from './rate-limit.ts';

export const OPERATIONS = [
  'publish',
  'message',
  'original-content',
  'status',
  'threads',
  'thread',
  'assignee',
  'comment',
  'contact',
  'actor',
  'inbox',
  'file',
  'channel',
  'subscription',
  'account',
  'staging-token',
  'token',
  'search',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/**
 * A fault of HubSpot's API.
 * `answer`: refuses with a status, nothing done. `close`: closes the connection, nothing done. `hang`: never answers, nothing done.
 * `lose-answer`: does the work, then resets the connection. `slow`: waits `delayMs`, then goes on as ever.
 */
export const Fault = z.strictObject({
  kind: z.enum(['answer', 'close', 'hang', 'lose-answer', 'slow']),
  operation: z.enum([...OPERATIONS, 'any']).default('any'),
  /** Happens to calls with a token of this account only. */
  portalId: z.string().optional(),
  /** How many calls it happens to; null is "until removed". */
  times: z.int().positive().nullable().default(1),
  status: z.int().min(400).max(599).default(500),
  policyName: z.enum(['TEN_SECONDLY_ROLLING', 'DAILY', 'SECONDLY']).default('TEN_SECONDLY_ROLLING'),
  retryAfterSeconds: z.int().positive().optional(),
  delayMs: z.int().min(0).default(2_000),
});
export type Fault = z.infer<typeof Fault>;
type FaultInput = z.input<typeof Fault>;
type Where = Pick<FaultInput, 'operation' | 'times' | 'portalId'>;

export interface ActiveFault extends Fault {
  readonly id: string;
}

const DOWN = 'down';
/** A 477 alone is documented to say when to come again. */
const MIGRATION_SECONDS = 10;

/** The faults that await the next calls. Of those that match a call, the one added first happens. */
export function createFaults(changes: Pick<Changes, 'emit'>) {
  let active: ActiveFault[] = [];
  const set = (faults: ActiveFault[]) => {
    active = faults;
    changes.emit();
  };
  const add = (fault: FaultInput, id: string = randomUUID()): string => {
    set([...active, { ...Fault.parse(fault), id }]);
    return id;
  };
  const remove = (id: string): void => set(active.filter((fault) => fault.id !== id));
  return {
    add: (fault: FaultInput) => add(fault),
    answer: (status: number, where: Where & Pick<FaultInput, 'policyName' | 'retryAfterSeconds'> = {}) =>
      add({ kind: 'answer', status, ...where }),
    close: (where: Where = {}) => add({ kind: 'close', ...where }),
    hang: (where: Where = {}) => add({ kind: 'hang', ...where }),
    loseAnswer: (where: Where = {}) => add({ kind: 'lose-answer', ...where }),
    slow: (delayMs: number, where: Where = {}) => add({ kind: 'slow', delayMs, ...where }),
    /** Every call is answered 503 until `up`. */
    down: (): void => {
      if (!active.some(({ id }) => id === DOWN)) add({ kind: 'answer', status: 503, times: null }, DOWN);
    },
    up: (): void => remove(DOWN),
    isDown: (): boolean => active.some(({ id }) => id === DOWN),
    remove,
    clear: (): void => set([]),
    list: (): readonly ActiveFault[] => active,
    /** The fault that this call meets, which is one time less from now on. */
    take: (operation: Operation | undefined, portalId?: string): ActiveFault | undefined => {
      const met = active.find(
        (fault) =>
          (fault.operation === 'any' || fault.operation === operation) &&
          (fault.portalId === undefined || fault.portalId === portalId),
      );
      if (met?.times === 1) remove(met.id);
      else if (met?.times)
        set(active.map((fault) => (fault === met ? { ...met, times: Number(met.times) - 1 } : fault)));
      return met;
    },
  };
}
export type Faults = ReturnType<typeof createFaults>;

const MESSAGES: Record<number, { readonly message: string; readonly category: string }> = {
  401: { message: 'Authentication credentials not found.', category: 'INVALID_AUTHENTICATION' },
  403: { message: "This app hasn't been granted all required scopes to make this call.", category: 'MISSING_SCOPES' },
  404: { message: 'resource not found', category: 'OBJECT_NOT_FOUND' },
  409: { message: 'The object already exists', category: 'CONFLICT' },
  423: { message: 'This object is locked, please try again.', category: 'LOCKED' },
  477: { message: 'This account is being migrated between data centers.', category: 'MIGRATION_IN_PROGRESS' },
};

/** What an `answer` fault answers: HubSpot's error object, or the HTML page of the machinery in front of it for 502 to 504. */
export function answerOf({ status, policyName, retryAfterSeconds }: Fault): HubSpotError | { html: string } {
  if (status === 429) return rateLimited(policyName, retryAfterSeconds);
  if (status >= 502 && status <= 504)
    return { html: `<html><head><title>${status}</title></head><body><h1>Error ${status}</h1></body></html>` };
  const seconds = retryAfterSeconds ?? (status === 477 ? MIGRATION_SECONDS : undefined);
  const headers = seconds === undefined ? {} : { 'retry-after': String(seconds) };
  const known = MESSAGES[status];
  if (known) return new HubSpotError(status, known, headers);
  return status < 500
    ? new HubSpotError(status, { message: 'Invalid input', category: 'VALIDATION_ERROR' }, headers)
    : new HubSpotError(status, { message: 'internal error' }, headers);
}
