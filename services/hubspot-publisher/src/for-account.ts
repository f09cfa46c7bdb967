import type { AccountKey } from '@parley/shared/accounts/account';
import type { AgentComment } from '@parley/shared/contracts/agent-comment';
import type { AgentDelivery } from '@parley/shared/contracts/agent-delivery';
import type { DeliveryReport } from '@parley/shared/contracts/delivery-report';
import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import type { Conversations } from '@parley/shared/conversations/conversations';
import { createFetchGuarded } from '@parley/shared/http/fetch-guarded';
import { createHubSpotApi } from '@parley/shared/hubspot/api';
import { createHubSpotClient, type HubSpotClient } from '@parley/shared/hubspot/client';
import { createFilesClient } from '@parley/shared/hubspot/files';
import type { PortalAccess } from '@parley/shared/hubspot/open-portals';
import type { OpenQueue } from '@parley/shared/queues/open-queue';
import type { Accept } from '@parley/shared/queues/producer';
import type { Handle } from '@parley/shared/queues/turn';
import { createDoOnce } from '@parley/shared/redis/do-once';
import type { Redis } from 'ioredis';
import { createBringFiles } from './bring-files.ts';
import { createComment } from './comment.ts';
import { type CommentOnce, createCommentOnce } from './comment-once.ts';
import type { PublisherConfig } from './config.ts';
import { openFileMemory } from './file-memory.ts';
import { createPublishEvent } from './publish-event.ts';
import { createPublishWords } from './publish-words.ts';
import { createReportDelivery } from './report-delivery.ts';

/** Ten megabytes within ten seconds: a bot's files lie on servers, and the visitor's later words wait. */
const MAX_FILE_BYTES = 10_000_000;
const FETCH_TIMEOUT_MS = 10_000;
/** The upload goes on while the file comes, and is answered after its last byte. */
const UPLOAD_TIMEOUT_MS = FETCH_TIMEOUT_MS + 2_000;

export interface Surroundings {
  readonly config: PublisherConfig;
  readonly redis: Redis;
  readonly namespace: string;
  readonly conversations: Conversations;
  readonly accessTo: (portal: AccountKey['portal']) => PortalAccess;
  readonly comments: OpenQueue<AgentComment>;
  readonly acceptAgentDelivery: Accept<AgentDelivery>;
  readonly acceptReport: Accept<DeliveryReport>;
}

/** What is written to HubSpot for one channel account. */
export interface ForAccount {
  readonly hubspot: HubSpotClient;
  readonly publishEvent: Handle<EventFromBot>;
  readonly reportDelivery: Handle<DeliveryReport>;
  readonly commentOnce: CommentOnce;
}

export const createForAccount =
  ({ config, redis, namespace, conversations, accessTo, comments, ...accept }: Surroundings) =>
  ({ portal, account }: AccountKey): ForAccount => {
    const access = accessTo(portal);
    const hubspot = createHubSpotClient({
      ...access,
      apiVersion: config.HUBSPOT_API_VERSION,
      channelId: config.HUBSPOT_CHANNEL_ID,
      channelAccountId: account,
    });
    const bringFiles = createBringFiles({
      hubspot: createFilesClient(createHubSpotApi({ ...access, timeoutMs: UPLOAD_TIMEOUT_MS })),
      fetchFile: createFetchGuarded({
        allowedHosts: config.BOT_FILE_HOSTS,
        maxBytes: MAX_FILE_BYTES,
        timeoutMs: FETCH_TIMEOUT_MS,
      }),
      memory: openFileMemory({ redis, namespace }),
      pause: () => access.budget.stateOf(portal),
    });
    const commentOnce = createCommentOnce({ hubspot, conversations, doOnce: createDoOnce({ redis, namespace }) });
    return {
      hubspot,
      commentOnce,
      publishEvent: createPublishEvent({
        ...accept,
        account,
        hubspot,
        identity: config.CONTACT_IDENTITY,
        conversations,
        comment: createComment({ commentOnce, comments }),
        bringFiles,
        publishWords: createPublishWords({
          hubspot,
          conversations,
          portal,
          identity: config.CONTACT_IDENTITY,
          maxText: config.HUBSPOT_MAX_TEXT,
        }),
      }),
      reportDelivery: createReportDelivery({ hubspot, redis, namespace, account }),
    };
  };
