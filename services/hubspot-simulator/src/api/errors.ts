import { randomUUID } from 'node:crypto';
import type { z } from 'zod';

interface Detail {
  readonly message: string;
  readonly in?: string;
  readonly code?: string;
  readonly subCategory?: string;
  readonly context?: Record<string, string[]>;
}

interface ErrorBody {
  readonly message: string;
  readonly category?: string;
  readonly subCategory?: string;
  readonly errorType?: string;
  readonly policyName?: string;
  readonly context?: Record<string, string[]>;
  readonly links?: Record<string, string>;
  readonly errors?: readonly Detail[];
}

/** An answer of HubSpot's that refuses the request. Nothing was changed before it is thrown. */
export class HubSpotError extends Error {
  override readonly name = 'HubSpotError';
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: number, body: ErrorBody, headers: Record<string, string> = {}) {
    super(body.message);
    this.status = status;
    this.body = { status: 'error', ...body, correlationId: randomUUID() };
    this.headers = headers;
  }
}

export const notFound = (message: string, context?: Record<string, string[]>): HubSpotError =>
  new HubSpotError(404, { message, category: 'OBJECT_NOT_FOUND', ...(context && { context }) });

export const channelDoesNotExist = (channelId: string): HubSpotError =>
  new HubSpotError(404, {
    message: `Channel ${channelId} not found`,
    context: { channelId: [channelId] },
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'ChannelIntegrationMessagePublishError.CHANNEL_DOES_NOT_EXIST',
  });

export const emptyUpdate = (): HubSpotError =>
  new HubSpotError(400, {
    message: 'Failed to update object. The body of the request is empty.',
    category: 'VALIDATION_ERROR',
    subCategory: 'CustomChannelsError.EMPTY_UPDATE_REQUEST_BODY',
  });

/** A refusal for one or several reasons. HubSpot gives a single reason as the message itself. */
export function invalid(...errors: readonly [Detail, ...Detail[]]): HubSpotError {
  const message = errors.length === 1 ? errors[0].message : 'Multiple errors validating request.';
  return new HubSpotError(400, { message, category: 'VALIDATION_ERROR', errors });
}

/** The body as `schema` reads it, or the refusal that names each field by its path. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  const [first, ...rest] = result.error.issues.flatMap(detailsOf);
  throw invalid(first ?? { message: 'Invalid request body' }, ...rest);
}

function detailsOf(issue: z.core.$ZodIssue): Detail[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const field = pathOf([...issue.path, key]);
      return { message: `Unrecognized field "${field}"`, in: field, code: 'UNKNOWN_FIELD' };
    });
  const field = pathOf(issue.path);
  if (issue.input === undefined)
    return [{ message: `Some required fields were not set: [${field}]`, in: field, code: 'REQUIRED_FIELD' }];
  return [{ message: `Invalid value for "${field}": ${issue.message}`, in: field, code: 'INVALID_FIELD' }];
}

/** `senders[0].deliveryIdentifier.value`; the body itself is `body`. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (before, step) => (typeof step === 'number' ? `${before}[${step}]` : `${before}${before && '.'}${String(step)}`),
    '',
  ) || 'body';
