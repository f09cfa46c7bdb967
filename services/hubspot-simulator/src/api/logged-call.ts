import type { Request } from 'express';
import { Multipart } from './files/read-multipart.ts';
import { readForm } from './read-body.ts';
import type { LoggedRequest } from './request-log.ts';

interface Known extends Partial<Pick<LoggedRequest, 'operation' | 'portalId' | 'fault'>> {
  readonly deprecated?: true | undefined;
}

/** A call at its arrival, as the request log keeps it. What opens a door is not in it. */
export const loggedCall = (request: Request, { operation, portalId, fault, deprecated }: Known): LoggedRequest => ({
  at: new Date().toISOString(),
  method: request.method,
  path: request.path,
  query: new URL(request.originalUrl, 'http://localhost').search.replace(/(hapikey=)[^&]*/, '$1…'),
  operation,
  portalId,
  deprecated: deprecated ?? false,
  body: operation === 'token' ? maskedForm(request) : loggable(request.body),
  fault,
  status: undefined,
  answered: false,
});

const OPEN_DOORS = new Set(['client_secret', 'code', 'code_verifier', 'refresh_token', 'access_token', 'token']);

/** What is not a form is not kept: it may hold the same secrets. */
const maskedForm = (request: Request) =>
  request.is('application/x-www-form-urlencoded')
    ? Object.fromEntries(
        Object.entries(readForm(request)).map(([name, value]) => [name, OPEN_DOORS.has(name) ? '…' : value]),
      )
    : undefined;

function loggable(text: unknown): unknown {
  const { data: multipart } = Multipart.safeParse(text);
  if (multipart) return { ...multipart.fields, ...(multipart.file && { file: labelOf(multipart.file) }) };
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A body that is not JSON is logged as it came.
    return text;
  }
}

const labelOf = ({ name, contentType, content }: NonNullable<Multipart['file']>) =>
  `${name}, ${contentType}, ${content.length} bytes`;
