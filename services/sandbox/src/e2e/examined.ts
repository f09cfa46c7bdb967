import type { Bot, ClaimedAccount } from '@parley/shared/accounts/account';
import { z } from 'zod';
import type { Sandbox } from '../sandbox.ts';
import { parley } from './cli-process.ts';

const Report = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({ name: z.string(), status: z.string(), detail: z.string(), remedy: z.string().optional() }),
  ),
});

/** What the doctor says of a bridge, without what it says of the Redis of the test run. */
export async function examined(environment: Readonly<Record<string, string>>) {
  const { code, printed, complained } = await parley(['doctor', '--json'], environment);
  const { checks } = Report.parse(JSON.parse(printed));
  const ofBridge = checks.filter(({ name }) => name !== 'Redis keeps what it accepted');
  const having = (wanted: string) => ofBridge.filter(({ status }) => status === wanted);
  return { code, complained, checks: ofBridge, failed: having('failed'), warned: having('warned') };
}

/** What the developer of the sandbox's app has in their environment. */
export const asDeveloper = ({ environment, simulator }: Sandbox) => ({
  ...environment,
  HUBSPOT_DEVELOPER_KEY: simulator.app.developerKey,
  HUBSPOT_APP_ID: simulator.app.id,
});

/** The bot of the sandbox's account, as Parley keeps it. */
export const botOf = async (sandbox: Sandbox): Promise<Bot> => (await claimedIn(sandbox)).bot;

export async function changeBot(sandbox: Sandbox, changes: Partial<Bot>): Promise<void> {
  const claimed = await claimedIn(sandbox);
  const written = await sandbox.accounts.change(claimed, { ...claimed.bot, ...changes });
  if (written !== 'written') throw new Error(`the bot is not changed: ${written}`);
}

async function claimedIn({ accounts, account }: Sandbox): Promise<ClaimedAccount> {
  const claimed = await accounts.find(account.account);
  if (!claimed) throw new Error('the account of the sandbox belongs to no bot');
  return claimed;
}
