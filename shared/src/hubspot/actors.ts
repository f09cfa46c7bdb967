import { z } from 'zod';
import type { HubSpotApi } from './api.ts';
import { Refusal } from './exchange.ts';

/** What HubSpot tells of who answers; all of it may be missing. */
export const Profile = z.object({ name: z.string().optional(), avatarUrl: z.string().optional() });
export type Profile = z.infer<typeof Profile>;

export interface ActorsClient {
  /** Undefined: there is no such actor, a workflow's or somebody who left; or we may not read them. */
  readActor(actorId: string): Promise<Profile | undefined>;
}

const Actor = z
  .object({
    name: z.string().trim().min(1).max(200).optional().catch(undefined),
    avatar: z
      .url({ protocol: /^https$/ })
      .max(2_000)
      .optional()
      .catch(undefined),
  })
  .transform(({ name, avatar }): Profile => ({ ...(name && { name }), ...(avatar && { avatarUrl: avatar }) }));

export const createActorsClient = (api: HubSpotApi): ActorsClient => ({
  readActor: (actorId) => {
    const path = `/conversations/v3/conversations/actors/${encodeURIComponent(actorId)}`;
    return api.call({ what: `read actor ${actorId}` }, async () => {
      try {
        return await api.request({ method: 'GET', path }, Actor);
      } catch (thrown) {
        // A missing scope would count as the portal's failure and pause everything, for a name.
        if (thrown instanceof Refusal && [403, 404].includes(thrown.answer.status)) return undefined;
        throw thrown;
      }
    });
  },
});
