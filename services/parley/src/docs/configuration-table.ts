import { shape as dispatcher } from '@parley/bot-dispatcher/config';
import { shape as bot } from '@parley/connect/cli/accounts/bot-settings';
import { shape as developer } from '@parley/connect/cli/channel/app';
import { shape as connect } from '@parley/connect/config';
import { shape as dashboard } from '@parley/dashboard/config';
import { shape as publisher } from '@parley/hubspot-publisher/config';
import { shape as ingress } from '@parley/ingress/config';
import { isSecret, type Shape } from '@parley/shared/config/load-config';
import { z } from 'zod';

/** What each service reads. */
export const SERVICES: Readonly<Record<string, Shape>> = {
  ingress,
  'hubspot-publisher': publisher,
  'bot-dispatcher': dispatcher,
  dashboard,
  connect,
};

/** What no service reads: it is in the environment of the one command that needs it. */
const COMMANDS: Readonly<Record<string, Shape>> = {
  '`parley channel`, `parley doctor`': developer,
  '`parley accounts add`, `parley accounts change --new-secrets`': bot,
};

export const settingNames = (): string[] => [
  ...new Set(Object.values(SERVICES).flatMap((shape) => Object.keys(shape))),
];

/** The README's table of settings, made from what the services parse, so that the two cannot differ. */
export function configurationTable(): string {
  const rows = settingNames().map((name) => {
    const users = Object.entries(SERVICES).filter(([, shape]) => name in shape);
    const by = users.length === Object.keys(SERVICES).length ? 'all' : users.map(([service]) => service).join(', ');
    return `| \`${name}\` | ${by} | ${defaultsOf(users, name)} | ${describe(users, name)} |`;
  });
  const known = new Set(settingNames());
  const ofCommands = Object.entries(COMMANDS).flatMap(([command, shape]) =>
    Object.keys(shape)
      .filter((name) => !known.has(name))
      .map((name) => `| \`${name}\` | ${command} |  | ${describe([[command, shape]], name)} |`),
  );
  return ['| variable | read by | default | what it is |', '| --- | --- | --- | --- |', ...rows, ...ofCommands].join(
    '\n',
  );
}

/** One for all, or each with the services that have it. */
function defaultsOf(users: readonly (readonly [string, Shape])[], name: string): string {
  const each = Map.groupBy(users, ([, shape]) => defaultOf(shape, name));
  if (each.size === 1) return [...each.keys()].join();
  return [...each]
    .map(([text, having]) => `${having.map(([service]) => service).join(', ')}: ${text || 'none'}`)
    .join('; ');
}

/** A list is written as it is given: separated by commas. */
const Default = z.union([z.string(), z.number(), z.array(z.string()).transform((values) => values.join(','))]);

function defaultOf(shape: Shape, name: string): string {
  const absent = shape[name]?.safeParse(undefined);
  if (!absent?.success) return '**required**';
  return absent.data === undefined ? '' : `\`${Default.parse(absent.data)}\``;
}

function describe(users: readonly (readonly [string, Shape])[], name: string): string {
  const schema = users[0]?.[1][name];
  if (!schema?.description) throw new Error(`setting ${name} has no description`);
  return `${schema.description.replaceAll('|', '\\|')}${isSecret(schema) ? ' *Secret.*' : ''}`;
}

const BEGIN = '<!-- configuration -->';
const END = '<!-- /configuration -->';

/** The README with the table in its place. Throws when the place is not marked. */
export function withConfigurationTable(readme: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the README has no place between ${BEGIN} and ${END}`);
  return `${readme.slice(0, begin + BEGIN.length)}\n${configurationTable()}\n${readme.slice(end)}`;
}
