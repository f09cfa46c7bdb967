import type { Request } from 'express';
import { Multipart } from './files/read-multipart.ts';
import type { LoggedRequest } from './request-log.ts';

type Known = Partial<Pick<LoggedRequest, 'operation' | 'portalId' | 'fault'>>;

/** A call at its arrival, as the request log keeps it. What opens a door is not in it. */
export const loggedCall = (request: Request, { operation, portalId, fault }: Known): LoggedRequest => ({
  at: new Date().toISOString(),
  method: request.method,
  path: request.path,
  query: new URL(request.originalUrl, 'http://localhost').search.replace(/(hapikey=)[^&]*/, '$1…'),
  operation,
  portalId,
  body: loggable(request.body),
  fault,
  status: undefined,
  answered: false,
});

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
