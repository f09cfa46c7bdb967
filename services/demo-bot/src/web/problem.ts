import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';

export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** One field of a request that was understood cannot be done. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

const HttpError = z.object({ status: z.number().int().min(400).max(499), message: z.string() });

/** Answers with problem+json. `errors` has a sentence for each field, for the page to show beside it. */
export const answerWithProblem: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const errors = fieldErrors(error);
  if (errors) {
    return response
      .status(422)
      .type('application/problem+json')
      .json({ title: 'Some fields need attention', status: 422, errors });
  }
  if (error instanceof NotFound) {
    return response.status(404).type('application/problem+json').json({ title: error.message, status: 404 });
  }
  const refused = HttpError.safeParse(error);
  if (!refused.success) return next(error);
  const { status, message } = refused.data;
  return response.status(status).type('application/problem+json').json({ title: message, status });
};

function fieldErrors(error: unknown): Record<string, string> | undefined {
  if (error instanceof Refused) return { [error.field]: error.message };
  if (!(error instanceof z.ZodError)) return undefined;
  return Object.fromEntries(error.issues.map((issue) => [issue.path.join('.') || 'body', issue.message]));
}
