import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { SERVICES, settingNames, withConfigurationTable } from './configuration-table.ts';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

test("the README's settings are those that the services read; `npm run docs` writes them anew", () => {
  const readme = read('README.md');
  expect(readme).toBe(withConfigurationTable(readme));
});

test('.env.example has a line for every setting, and no other', () => {
  const names = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(names.toSorted()).toEqual(settingNames().toSorted());
});

test.each(Object.entries(SERVICES))('docker-compose.yml hands %s every setting that it reads', (service, shape) => {
  const compose = read('docker-compose.yml');
  const shared = compose.slice(0, compose.indexOf('\nservices:'));
  const own = new RegExp(`^  ${service}:\\n(?:^(?:    .*)?\\n)+`, 'm').exec(compose)?.[0] ?? '';
  const given = new Set([...`${shared}${own}`.matchAll(/^ +([A-Z_]+):/gm)].map(([, name]) => name));
  // Inside its container every service has the port to itself.
  const missing = Object.keys(shape).filter(
    (name) => !given.has(name) && !/^(OPS|INGRESS|DASHBOARD|CONNECT)_PORT$/.test(name),
  );
  expect(missing).toEqual([]);
});
