import { ConfigError } from '@parley/shared/config/load-config';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { Command } from 'commander';
import { addAccount, listAccounts, type NewAccount } from './accounts.ts';
import { applyChannel, planChannel } from './channel/channel.ts';
import { examine } from './doctor/doctor.ts';
import { tableOf } from './doctor/report.ts';
import { Problem, remedyOf } from './problems.ts';

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

  const accounts = program.command('accounts').description('The connections of the channel to inboxes.');
  accounts
    .command('list')
    .description('Shows inboxes by name, and the accounts that the channel has.')
    .action(async () => terminal.print(await listAccounts(terminal.env)));
  accounts
    .command('add')
    .description('Connects the channel to an inbox or help desk, and prints the id for HUBSPOT_CHANNEL_ACCOUNT_ID.')
    .requiredOption('--inbox <name>', 'name or id of the inbox or help desk')
    .requiredOption('--name <name>', 'what agents see')
    .option('--identifier <id>', 'what HubSpot tells the accounts of a channel apart by; made of the name')
    .action(async (asked: NewAccount) => terminal.print(await addAccount(terminal.env, asked)));

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
