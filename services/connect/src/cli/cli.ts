import { ConfigError } from '@parley/shared/config/load-config';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { Command } from 'commander';
import { addAccount, type NewAccount } from './accounts/add-account.ts';
import {
  type AccountChange,
  changeAccount,
  disableAccount,
  enableAccount,
  forgetAccount,
} from './accounts/change-account.ts';
import { listAccounts } from './accounts/list-accounts.ts';
import { applyChannel, planChannel } from './channel/channel.ts';
import { examine } from './doctor/doctor.ts';
import { tableOf } from './doctor/report.ts';
import { explain } from './explain.ts';
import { Problem, remedyOf } from './problems.ts';
import { reseal } from './reseal.ts';

export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Runs one command and resolves with the exit code. What a person can mend is told in sentences; anything else is thrown. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = new Command('parley').description('Sets the bridge up on the side of HubSpot, and checks it.');

  program
    .command('doctor')
    .description(
      'Checks settings, Redis, HubSpot, ingress and bot, and says what to do. Exit code 1 when a check failed.',
    )
    .option('--json', 'the same as JSON')
    .action(async ({ json }: { json?: true }) => {
      const checks = await examine(terminal.env);
      exitCode = checks.some(({ status }) => status === 'failed') ? 1 : 0;
      terminal.print(json ? JSON.stringify({ ok: exitCode === 0, checks }, undefined, 2) : tableOf(checks));
    });

  program
    .command('explain')
    .description('Says what an error of HubSpot means, and what to do about it.')
    .argument('<words...>', "HubSpot's")
    .action((words: string[]) => terminal.print(explain(words.join(' '))));

  const accounts = program
    .command('accounts')
    .description('The connections of the channel to inboxes, and the bot that each of them belongs to.');
  accounts
    .command('list')
    .description('Shows for each portal the inboxes by name, the accounts that the channel has, and their bots.')
    .action(async () => terminal.print(await listAccounts(terminal.env)));
  accounts
    .command('add')
    .description(
      'Connects the channel to an inbox or help desk for a bot, and prints the secrets of the two, or takes BOT_TOKEN and BOT_SIGNING_SECRET from the environment.',
    )
    .requiredOption('--callback-url <url>', "where the bot takes Parley's events")
    .option('--inbox <name>', 'name or id of the inbox or help desk')
    .option('--name <name>', 'what agents see')
    .option('--identifier <id>', 'what HubSpot tells the accounts of a channel apart by; made of the name')
    .option('--account <id>', 'a channel account that HubSpot has already, instead of a new one')
    .option('--portal <id>', 'Hub ID, where Parley has a way into several')
    .action(async (asked: NewAccount) => terminal.print(await addAccount(terminal.env, asked)));
  accounts
    .command('change')
    .description("Gives the account's bot another address or other secrets.")
    .requiredOption('--account <id>', 'the channel account')
    .option('--callback-url <url>', "where the bot takes Parley's events")
    .option('--new-secrets', 'makes and prints new ones, or takes those of the environment, and ends the old ones')
    .action(async (asked: AccountChange) => terminal.print(await changeAccount(terminal.env, asked)));
  accounts
    .command('disable')
    .description("Refuses the bot's events, and keeps agents from answering.")
    .requiredOption('--account <id>', 'the channel account')
    .action(async ({ account }: { account: string }) => terminal.print(await disableAccount(terminal.env, account)));
  accounts
    .command('enable')
    .description('Takes a disabled account back into use.')
    .requiredOption('--account <id>', 'the channel account')
    .action(async ({ account }: { account: string }) => terminal.print(await enableAccount(terminal.env, account)));
  accounts
    .command('forget')
    .description('Takes the account from its bot, when HubSpot has it no more or another Parley has it.')
    .requiredOption('--account <id>', 'the channel account')
    .action(async ({ account }: { account: string }) => terminal.print(await forgetAccount(terminal.env, account)));

  const channel = program
    .command('channel')
    .description('The channel of the app. Reads HUBSPOT_DEVELOPER_KEY and HUBSPOT_APP_ID from the environment.');
  channel
    .command('plan')
    .description('Shows what `apply` would create or change.')
    .option('--name <name>', 'what administrators see')
    .action(async (asked: { name?: string }) => terminal.print(await planChannel(terminal.env, asked)));
  channel
    .command('apply')
    .description('Creates the channel, or changes it to what Parley needs; never makes a second one.')
    .option('--name <name>', 'what administrators see')
    .action(async (asked: { name?: string }) => terminal.print(await applyChannel(terminal.env, asked)));

  program
    .command('reseal')
    .description('Seals all that lies in Redis with the first key of SEAL_KEYS, so that the others can be dropped.')
    .action(async () => terminal.print(await reseal(terminal.env)));

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    terminal.complain(sentenceOf(error));
    exitCode = 1;
  }
  return exitCode;
}

function sentenceOf(error: unknown): string {
  if (error instanceof Problem) return `${error.message}\n-> ${error.remedy}`;
  if (error instanceof SetUpError) return `${error.message}\n-> ${remedyOf(error)}`;
  if (error instanceof ConfigError) return error.message;
  throw error;
}
