import type { Request, Response } from 'express';
import type { Changes } from '../portal/changes.ts';

/** Many changes of one moment are shown once. */
const AT_MOST_EVERY_MS = 50;

/** Server-sent events: what `view` gives at once, and again after changes, until the page goes away. */
export const liveUpdates =
  (changes: Changes, view: () => unknown) =>
  (request: Request, response: Response): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    let due: NodeJS.Timeout | undefined;
    const show = () => {
      due = undefined;
      response.write(`data: ${JSON.stringify(view())}\n\n`);
    };
    const stop = changes.listen(() => {
      due ??= setTimeout(show, AT_MOST_EVERY_MS);
    });
    request.on('close', () => {
      stop();
      clearTimeout(due);
    });
    show();
  };
