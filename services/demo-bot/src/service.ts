import { once } from 'node:events';
import { createServer } from 'node:http';
import { createApp } from './app.ts';
import { createConversations } from './bot/conversations.ts';
import { createFiles } from './bot/files.ts';
import { didNotArrive, takeEvent } from './bot/take-event.ts';
import { createTalk } from './bot/talk.ts';
import { attempt } from './parley/attempt.ts';
import { createCallback } from './parley/callback.ts';
import { createOutbox } from './parley/outbox.ts';
import { type CallbackFaults, createCallbackFaults } from './testing/callback-faults.ts';
import { createReceivedCalls, type ReceivedCalls } from './testing/received-calls.ts';
import { createVisitor, type Visitor } from './testing/visitor.ts';

export interface DemoBotConfig {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  readonly parleyUrl: string;
  /** Where Parley fetches visitors' files, when it is not the `url` of the bot. */
  readonly publicUrl?: string | undefined;
  readonly botToken: string;
  /** `whsec_` and base64. */
  readonly signingSecret: string;
  /** Gets a line for each event that has to wait for Parley or does not arrive, with the reason. Never a visitor’s words. */
  readonly log?: (line: string) => void;
}

export interface DemoBot extends AsyncDisposable {
  readonly url: string;
  readonly chatUrl: string;
  /** Where Parley delivers to: its `BOT_CALLBACK_URL`. */
  readonly callbackUrl: string;
  /** Sends to this Parley from the next attempt on. */
  connect(parley: { parleyUrl: string }): void;

  /** For tests and rehearsals: see testing/. */
  visitor(conversationId?: string): Visitor;
  readonly callback: CallbackFaults;
  readonly received: ReceivedCalls;
}

/** Starts the bot, its chat page and its callback. Disposing forgets all conversations and what was not sent yet. */
export async function startDemoBot(config: DemoBotConfig): Promise<DemoBot> {
  let parleyUrl = config.parleyUrl;
  const log = config.log ?? (() => undefined);
  const conversations = createConversations();
  const files = createFiles();

  const outbox = createOutbox({
    attempt: (event, signal) => attempt(event, { url: parleyUrl, token: config.botToken, signal }),
    waits: (event, why) => log(`${event.type} ${event.id} waits: ${why}`),
    settled(event, outcome) {
      if (outcome.kind === 'refused') log(`${event.type} ${event.id} is refused: ${outcome.reason}`);
      const conversation = conversations.find(event.conversationId);
      if (!conversation) return;
      if (outcome.kind === 'refused') didNotArrive(conversation, event.id);
      else conversation.update(event.id, { delivery: 'sent' });
    },
  });
  const talk = createTalk({ outbox, addressOf: (path) => new URL(path, config.publicUrl ?? url).href });
  const callback = createCallback({
    signingSecret: config.signingSecret,
    take: (event) => takeEvent({ conversations, log }, event),
  });

  const { received, middleware: recordCall } = createReceivedCalls();
  const { faults, middleware: misbehave } = createCallbackFaults();

  const server = createServer(createApp({ conversations, files, talk, callback: [recordCall, misbehave, callback] }));
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const url = `http://${hostOf(config.host)}:${portOf(server.address())}`;

  return {
    url,
    chatUrl: `${url}/`,
    callbackUrl: `${url}/parley`,
    connect(parley) {
      parleyUrl = parley.parleyUrl;
    },
    visitor: (conversationId) => createVisitor({ conversations, talk, conversationId }),
    callback: faults,
    received,
    async [Symbol.asyncDispose]() {
      server.close();
      // The live updates of open pages would keep the server up for ever.
      server.closeAllConnections();
      await outbox[Symbol.asyncDispose]();
    },
  };
}

/** A bot that listens on every address is reached under this machine's own name. */
const hostOf = (host: string | undefined) =>
  host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host;

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port');
  return address.port;
}
