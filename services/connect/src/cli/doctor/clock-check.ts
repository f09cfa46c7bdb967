import type { ChannelAccounts } from '@parley/shared/hubspot/channels-accounts';
import { type Check, failed, ok, skipped } from './check.ts';

/** Signatures are good for five minutes; a clock that is a minute off drifts. */
const TOLERATED_MS = 60_000;

export const clockCheck = (accounts: Pick<ChannelAccounts, 'clockLeadMs'>): Check => ({
  name: "this machine's clock is HubSpot's",
  async run() {
    const lead = await accounts.clockLeadMs();
    if (lead === undefined) return skipped('HubSpot tells no time');
    const seconds = Math.round(Math.abs(lead) / 1_000);
    if (Math.abs(lead) <= TOLERATED_MS) return ok(`within ${Math.max(seconds, 1)} s`);
    return failed(
      `it is ${seconds} s ${lead > 0 ? 'ahead' : 'behind'}`,
      'Synchronise it (NTP): webhooks whose time is five minutes away are refused.',
    );
  },
});
