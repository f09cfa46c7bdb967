import type { Redis } from 'ioredis';
import type { PortalId } from '../contracts/ids.ts';
import type { Logger } from '../logging/logger.ts';
import { type ActorsClient, Profile } from './actors.ts';

/**
 * Name and picture of an agent by HubSpot's id of them. Never throws and answers within {@link PATIENCE_MS}: a message does not
 * wait for ornaments. An answer of HubSpot's that comes later serves the next message.
 */
export type FindProfile = (agentId: string) => Promise<Profile>;

const PATIENCE_MS = 2_000;

/** People change their names rarely, and a conversation lasts hours. */
const KNOWN_SECONDS = 24 * 60 * 60;
const UNKNOWN_SECONDS = 60 * 60;
/** After a failure, so that HubSpot's trouble costs one message a minute a moment, and not every one. */
const FAILED_SECONDS = 60;

/** Kept in Redis for all processes; asked of HubSpot once at a time for each agent and process. */
export function createAgents({
  hubspot,
  redis,
  namespace,
  portal,
  logger,
}: {
  hubspot: ActorsClient;
  redis: Redis;
  namespace: string;
  portal: PortalId;
  logger: Logger;
}): FindProfile {
  const asked = new Map<string, Promise<Profile>>();

  async function ask(agentId: string): Promise<{ profile: Profile; seconds: number }> {
    try {
      const profile = await hubspot.readActor(agentId);
      return profile ? { profile, seconds: KNOWN_SECONDS } : { profile: {}, seconds: UNKNOWN_SECONDS };
    } catch (error) {
      logger.warn({ agentId, reason: reasonOf(error) }, 'an agent stays without a name for a minute');
      return { profile: {}, seconds: FAILED_SECONDS };
    }
  }

  async function find(agentId: string): Promise<Profile> {
    const key = `${namespace}:agent:${portal}/${agentId}`;
    const kept = await redis.get(key);
    if (kept !== null) return Profile.parse(JSON.parse(kept));
    const { profile, seconds } = await ask(agentId);
    await redis.set(key, JSON.stringify(profile), 'EX', seconds);
    return profile;
  }

  return async (agentId) => {
    const found =
      asked.get(agentId) ??
      find(agentId)
        .catch((error: unknown) => {
          logger.warn({ agentId, reason: reasonOf(error) }, 'an agent stays without a name');
          return {};
        })
        .finally(() => asked.delete(agentId));
    asked.set(agentId, found);
    const late = Promise.withResolvers<Profile>();
    const timer = setTimeout(() => late.resolve({}), PATIENCE_MS);
    return Promise.race([found, late.promise]).finally(() => clearTimeout(timer));
  };
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
