import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { withConfigurationTable } from './configuration-table.ts';

test("the README's settings are those that the services read; `npm run docs` writes them anew", () => {
  const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
  expect(readme).toBe(withConfigurationTable(readme));
});
