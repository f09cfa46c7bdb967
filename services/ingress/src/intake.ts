import { setTimeout as pause } from 'node:timers/promises';
import { type AccountLooks, openAccountLooks } from '@parley/shared/accounts/account-looks';
import { type Accounts, openAccounts } from '@parley/shared/accounts/accounts';
import type { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import { type Conversations, openConversations } from '@parley/shared/conversations/conversations';
import type { Logger } from '@parley/shared/logging/logger';
import { queues } from '@parley/shared/queues/catalogue';
import { openQueue } from '@parley/shared/queues/open-queue';
import { type Accept, createProducer } from '@parley/shared/queues/producer';
import { awaitRedis, checkDurability, connectImpatient } from '@parley/shared/redis/connect';
import { Problem } from './problem.ts';

/** Seconds: as long as the longest pause between two attempts to reach Redis again. */
const RETRY_AFTER = '2';

/**
 * What the requests need of Redis. Each function answers within seconds; where Redis is not there yet, is gone, or refuses, it
 * throws the {@link Problem} 503, after which the same call may be made again.
 */
export interface Intake extends AsyncDisposable {
  readonly acceptVisitorMessages: Accept<EventFromBot>;
  readonly acceptAgentMessages: Accept<AgentDelivery>;
  readonly accounts: Pick<Accounts, 'find' | 'findByToken' | 'countUnclaimed'>;
  readonly requestLook: AccountLooks['request'];
  readonly findHandoffs: Conversations['findHandoffs'];
  readonly followThread: Conversations['followThread'];
  /** For calls to HubSpot, which are counted in Redis. Its commands fail at once while Redis is away. */
  readonly redis: ReturnType<typeof connectImpatient>;
  /** Resolves when something could be accepted now. */
  readonly ready: () => Promise<void>;
}

/** Connects in the background and reconnects for ever, so it returns at once whether Redis is there or not. */
export function startIntake({ url, namespace, logger }: { url: string; namespace: string; logger: Logger }): Intake {
  const redis = connectImpatient(url);
  let opened: Opened | undefined;
  void openWhenReady({ redis, namespace, logger }).then((parts) => {
    opened = parts;
  });

  async function durably<T>(act: (parts: Opened) => Promise<T>): Promise<T> {
    if (opened === undefined) throw unavailable('redis was not reachable since the start');
    try {
      return await act(opened);
    } catch (cause) {
      throw unavailable(`redis: ${cause instanceof Error ? cause.message : 'unknown failure'}`, cause);
    }
  }

  return {
    redis,
    acceptVisitorMessages: (messages) => durably((parts) => parts.acceptVisitorMessages(messages)),
    acceptAgentMessages: (messages) => durably((parts) => parts.acceptAgentMessages(messages)),
    accounts: {
      find: (account) => durably(({ accounts }) => accounts.find(account)),
      findByToken: (token) => durably(({ accounts }) => accounts.findByToken(token)),
      countUnclaimed: (account) => durably(({ accounts }) => accounts.countUnclaimed(account)),
    },
    requestLook: (account) => durably(({ looks }) => looks.request(account)),
    findHandoffs: (thread) => durably((parts) => parts.conversations.findHandoffs(thread)),
    followThread: (...args) => durably((parts) => parts.conversations.followThread(...args)),
    ready: () => durably(async () => void (await redis.ping())),
    async [Symbol.asyncDispose]() {
      await opened?.[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}

type Opened = ReturnType<typeof open>;

interface Connection {
  readonly redis: ReturnType<typeof connectImpatient>;
  readonly namespace: string;
}

/**
 * BullMQ asks a connection for its version when a queue is opened, and a queue whose question failed stays broken for ever:
 * hence no queue before Redis answers, and a new one after a failure. Undefined: disposed of before.
 */
async function openWhenReady({ logger, ...connection }: Connection & { logger: Logger }): Promise<Opened | undefined> {
  await awaitRedis(connection.redis, logger);
  await checkDurability(connection.redis, logger);
  for (;;) {
    const parts = open(connection);
    try {
      await parts.ready();
      return parts;
    } catch (error) {
      await parts[Symbol.asyncDispose]();
      if (connection.redis.status === 'end') return undefined;
      logger.warn({ reason: error instanceof Error ? error.message : error }, 'cannot open the queues, trying again');
      await pause(1_000, undefined, { ref: false });
    }
  }
}

function open(connection: Connection) {
  const visitorMessages = openQueue(queues.visitorMessages, connection);
  const agentMessages = openQueue(queues.agentMessages, connection);
  return {
    accounts: openAccounts(connection),
    looks: openAccountLooks(connection),
    conversations: openConversations(connection),
    acceptVisitorMessages: createProducer(visitorMessages),
    acceptAgentMessages: createProducer(agentMessages),
    ready: () => Promise.all([visitorMessages.turns.waitUntilReady(), agentMessages.turns.waitUntilReady()]),
    async [Symbol.asyncDispose]() {
      await Promise.all([visitorMessages[Symbol.asyncDispose](), agentMessages[Symbol.asyncDispose]()]);
    },
  };
}

const unavailable = (reason: string, cause?: unknown) =>
  new Problem('unavailable', {
    detail: 'send the same request again in a few seconds: what was accepted already counts as duplicate',
    reason,
    cause,
    headers: { 'retry-after': RETRY_AFTER },
  });
