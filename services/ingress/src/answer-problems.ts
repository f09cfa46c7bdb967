import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { ErrorRequestHandler } from 'express';
import { Problem } from './problem.ts';
import { MAX_BODY } from './raw-body.ts';

/** The last handler of a route: every refusal becomes one problem+json answer and one log line. */
export const answerProblems =
  ({ telemetry, route }: { telemetry: Telemetry; route: string }): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    const problem = problemOf(error);
    telemetry.refused({ route, status: problem.status, reason: problem.reason });
    if (problem.status === 500) telemetry.logger.error({ err: error, route }, 'a request met a bug');
    if (response.headersSent) return next(error);
    response
      .status(problem.status)
      .set(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problem.body));
  };

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  switch (typeOf(error)) {
    case 'entity.too.large':
      return new Problem('too-large', {
        detail: `the body may have ${MAX_BODY} bytes: send fewer events in one request`,
      });
    case 'encoding.unsupported':
      return new Problem('unsupported-media-type', {
        detail: 'the body may not be compressed: leave Content-Encoding out',
      });
    case 'request.aborted':
    case 'request.size.invalid':
      return new Problem('malformed-request', { detail: 'the body ended before its Content-Length: send it again' });
    default:
  }
  // What express could not decode may be the path token, so its message is not repeated.
  if (error instanceof URIError)
    return new Problem('malformed-request', {
      detail: 'the address is not percent-encoded UTF-8: correct it',
      cause: error,
    });
  return new Problem('internal', {
    detail: 'try again later; if it goes on, tell whoever runs Parley the time of this answer',
    reason: error instanceof Error ? error.name : 'something other than an error was thrown',
    cause: error,
  });
}

/** How express's body reader names its errors. */
const typeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
