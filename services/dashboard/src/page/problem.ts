import { type Html, html } from '@parley/shared/http/html';
import type { Logger } from '@parley/shared/logging/logger';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { z } from 'zod';
import { barePage, send } from './layout.ts';

/** What a request is answered that we will not carry out. The message is a sentence for the operator. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const noSuchPage: RequestHandler = (_request, _response, next) =>
  next(new Refusal(404, 'There is no page at this address.'));

/** Express's own refusals: a body that is too long or not what it says. */
const HttpError = z.object({ status: z.number().int().min(400).max(499), message: z.string() });

/** Answers a page to people and problem+json to programs. */
export const answerWithPage =
  (logger: Pick<Logger, 'error'>): ErrorRequestHandler =>
  (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = error instanceof Refusal ? error : HttpError.safeParse(error).data;
    if (!refused) logger.error({ err: error, path: request.path }, 'page failed');
    const { status, message } = refused ?? { status: 500, message: 'This page could not be made. See the log.' };
    response.status(status);
    if (forPeople(request)) send(response, problemPage(status, message));
    else response.type('application/problem+json').json({ title: message, status });
  };

/** Whether a browser shows the answer as a page. What bull-board's script asks for is read by the script. */
export const forPeople = (request: Request): boolean =>
  !request.originalUrl.startsWith('/queues/api/') && request.accepts('html') !== false;

const problemPage = (status: number, message: string): Html =>
  barePage({
    title: message,
    body: html`
      <main class="sign-in card">
        <h1>${status}</h1>
        <p>${message}</p>
        <p><a href="/">To the overview</a></p>
      </main>`,
  });
