import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface SourceFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  /** Packages by name; our own files from the root, without their ending. */
  readonly imports: readonly string[];
}

const isTestOnly = (path: string) => /\.test\.ts$|\/testing\/|^services\/sandbox\//.test(path);

const files: SourceFile[] = ['shared/src', 'services']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
  .map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const specifiers = [...text.matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, specifier = '']) => specifier);
    return { path, text, imports: specifiers.map((specifier) => resolve(path, specifier)) };
  });

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return relative(ROOT, join(ROOT, dirname(from), specifier)).replace(/\.ts$/, '');
  return specifier.replace('@parley/shared/', 'shared/src/').replace(/^@parley\/([\w-]+)\//, 'services/$1/src/');
}

/** The files that import something they may not, as `file -> import`. */
const breaches = (of: (file: SourceFile) => boolean, forbidden: (specifier: string) => boolean): string[] =>
  files
    .filter((file) => !isTestOnly(file.path) && of(file))
    .flatMap(({ path, imports }) => imports.filter(forbidden).map((specifier) => `${path} -> ${specifier}`));

const within =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(`${folder}/`));
const serviceOf = (path: string) => /^services\/([^/]+)\//.exec(path)?.[1];

test('the rules below look at the real files', () => {
  expect(files.length).toBeGreaterThan(80);
  expect(files.flatMap(({ imports }) => imports)).toEqual(
    expect.arrayContaining(['bullmq', 'express', 'shared/src/queues/lanes']),
  );
});

const isGround = (path: string) => path.startsWith('shared/src/contracts/') || path === 'shared/src/failures.ts';

test('contracts and failures stand on nothing of ours', () => {
  expect(
    breaches(
      ({ path }) => isGround(path),
      (to) => to.startsWith('shared/') && !isGround(`${to}.ts`),
    ),
  ).toEqual([]);
});

test('queues and HubSpot know nothing of each other', () => {
  expect(breaches(({ path }) => within('shared/src/hubspot')(path), within('shared/src/queues'))).toEqual([]);
  expect(breaches(({ path }) => within('shared/src/queues')(path), within('shared/src/hubspot'))).toEqual([]);
});

test('the shared library knows no service', () => {
  expect(
    breaches(
      ({ path }) => path.startsWith('shared/'),
      (to) => to.startsWith('services/'),
    ),
  ).toEqual([]);
});

test('a service knows no other service, except the one that runs them all in one process', () => {
  const others = files.filter(({ path }) => serviceOf(path) && serviceOf(path) !== 'parley' && !isTestOnly(path));
  const crossing = others.flatMap(({ path, imports }) =>
    imports.filter((to) => serviceOf(to) && serviceOf(to) !== serviceOf(path)).map((to) => `${path} -> ${to}`),
  );
  expect(crossing).toEqual([]);
});

test('bullmq is spoken in the queues and on the dashboard only', () => {
  expect(
    breaches(
      ({ path }) => !within('shared/src/queues', 'services/dashboard')(path),
      (to) => to === 'bullmq',
    ),
  ).toEqual([]);
});

test('express is spoken in services only, and never by a worker', () => {
  const servers = within(
    'services/ingress',
    'services/dashboard',
    'services/connect',
    'services/hubspot-simulator',
    'services/demo-bot',
  );
  expect(
    breaches(
      ({ path }) => !servers(path),
      (to) => to === 'express',
    ),
  ).toEqual([]);
});

test("HubSpot's client library is spoken in shared/hubspot and, as an independent check, in the simulator's tests", () => {
  expect(
    breaches(
      ({ path }) => !within('shared/src/hubspot')(path),
      (to) => to.startsWith('@hubspot/'),
    ),
  ).toEqual([]);
});

test('the simulator shares no HubSpot code with the bridge that it checks', () => {
  expect(breaches(({ path }) => within('services/hubspot-simulator')(path), within('shared/src/hubspot'))).toEqual([]);
});

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

test("HubSpot's field names stay behind shared/hubspot", () => {
  const words =
    /integrationThreadId|conversationsThreadId|channelIntegrationThreadIds|integrationIdempotencyId|deliveryIdentifier\b/;
  const elsewhere = files.filter(
    ({ path }) => !within('shared/src/hubspot', 'services/hubspot-simulator')(path) && !isTestOnly(path),
  );
  expect(elsewhere.filter(({ text }) => words.test(withoutComments(text))).map(({ path }) => path)).toEqual([]);
});

test('the environment is read where a process begins, and nowhere else', () => {
  const readers = files.filter(
    ({ path, text }) => !isTestOnly(path) && !path.endsWith('/main.ts') && /process\.env/.test(text),
  );
  expect(readers.map(({ path }) => path)).toEqual([]);
});
