import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '@parley/shared/http/serve';
import { z } from 'zod';

export interface RecordingBot extends AsyncDisposable {
  readonly callbackUrl: string;
  /** The texts of agents, in the order in which a visitor would have seen them. */
  readonly shown: readonly string[];
  /** Texts that it will never take (410). */
  readonly refused: ReadonlySet<string>;
  /** Calls with an id that it had before, which it answers 409. */
  readonly repeats: () => number;
  /** What the next calls meet, until told otherwise. */
  readonly behave: (behaviour: Behaviour) => void;
}

/** `down` answers 503. `slow` takes `delayMs`. `gone` answers 410 to this one and whenever it comes again. */
export type Behaviour = 'well' | 'down' | 'gone' | { readonly delayMs: number };

const AgentMessage = z.object({ type: z.literal('agent.message'), data: z.object({ text: z.string() }) });

/** A bot that keeps the contract (an id is shown once) and writes down what it shows. */
export async function startRecordingBot(): Promise<RecordingBot> {
  const shown: string[] = [];
  const refused = new Set<string>();
  const ids = new Set<string>();
  let repeats = 0;
  let behaviour: Behaviour = 'well';

  async function answer(id: string, body: unknown): Promise<number> {
    if (behaviour === 'down') return 503;
    if (typeof behaviour === 'object') await pause(behaviour.delayMs);
    const text = AgentMessage.safeParse(body).data?.data.text;
    if (text !== undefined && behaviour === 'gone') refused.add(text);
    if (text !== undefined && refused.has(text)) return 410;
    if (ids.has(id)) {
      repeats += 1;
      return 409;
    }
    ids.add(id);
    if (text !== undefined) shown.push(text);
    return 204;
  }

  const server = await serve(
    (request, response) => {
      json(request)
        .then((body) => answer(String(request.headers['webhook-id']), body))
        .then((status) => response.writeHead(status).end())
        .catch((error: Error) => response.destroy(error)); // the caller died in the middle of its request
    },
    { port: 0, host: '127.0.0.1', graceMs: 0 },
  );
  return {
    callbackUrl: `${server.url}/parley`,
    shown,
    refused,
    repeats: () => repeats,
    behave: (next) => {
      behaviour = next;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
