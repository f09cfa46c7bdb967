import type { DeliveryReport } from '@parley/shared/contracts/delivery-report';
import type { ChannelAccountId } from '@parley/shared/contracts/ids';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import { delivered, ignored } from '@parley/shared/queues/outcome';
import type { Handle } from '@parley/shared/queues/turn';
import { MEMORY_SECONDS } from '@parley/shared/redis/do-once';
import type { Redis } from 'ioredis';

/** A failed message may be sent after all, when an operator replays it; a read one is never only sent again. */
const RANK = { failed: 1, sent: 2, read: 3 };

/** Shows the agent what became of a reply, and never takes a step back. Reports of one conversation come one after the other. */
export const createReportDelivery =
  (parts: {
    hubspot: Pick<HubSpotClient, 'reportDelivery'>;
    redis: Redis;
    namespace: string;
    account: ChannelAccountId;
  }): Handle<DeliveryReport> =>
  async (report) => {
    const { hubspot, redis, namespace, account } = parts;
    const key = `${namespace}:reported:${account}/${report.messageId}`;
    const rank = RANK[report.status];
    if (rank <= Number(await redis.get(key))) return ignored('HubSpot knows this or more');
    await hubspot.reportDelivery(report);
    await redis.set(key, rank, 'EX', MEMORY_SECONDS);
    return delivered;
  };
