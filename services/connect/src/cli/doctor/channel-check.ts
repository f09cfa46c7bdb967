import { ConfigError } from '@parley/shared/config/load-config';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { planFor } from '../channel/channel.ts';
import { Problem, remedyOf } from '../problems.ts';
import { type Check, type Finding, failed, ok, skipped } from './check.ts';

/** Only the developer's key can read a channel, and no service needs that key: without it, this is not looked at. */
export const channelCheck = (env: NodeJS.ProcessEnv): Check => ({
  name: "HubSpot's channel is what Parley needs",
  async run() {
    if (!env.HUBSPOT_DEVELOPER_KEY) return skipped('needs HUBSPOT_DEVELOPER_KEY and HUBSPOT_APP_ID in the environment');
    try {
      return await compared(env);
    } catch (error) {
      if (error instanceof Problem) return failed(error.message, error.remedy);
      if (error instanceof SetUpError) return failed(error.message, remedyOf(error));
      if (error instanceof ConfigError) return failed(error.message, 'Complete them.');
      throw error;
    }
  },
});

async function compared(env: NodeJS.ProcessEnv): Promise<Finding> {
  const plan = await planFor(env);
  if (plan.step === 'nothing') return ok(`channel ${plan.channel.id}: webhook address and capabilities`);
  const what =
    plan.step === 'create'
      ? 'the app has no channel with our webhook address'
      : `it differs in ${plan.differences.map(({ field }) => field).join(', ')}`;
  return failed(what, 'Look at `npm run parley -- channel plan`, and apply it.');
}
