import type { Response } from 'express';
import type { Conversation } from '../bot/conversation.ts';

/** Shorter than the idle timeout of common proxies, a minute. */
const HEARTBEAT_MS = 25_000;

/**
 * Server-sent events of one conversation: `all` with everything, then each `line` (new, or again because it changed) and `mode`.
 * A browser that reconnects gets `all` again, so it can have missed nothing.
 */
export function streamUpdates(conversation: Conversation, response: Response): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

  send('all', { mode: conversation.mode(), lines: conversation.lines() });
  const stop = conversation.watch((change) => send(change.kind, change.kind === 'line' ? change.line : change.mode));
  const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);

  response.on('close', () => {
    clearInterval(heartbeat);
    stop();
  });
}
