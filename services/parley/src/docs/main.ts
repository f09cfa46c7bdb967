import { readFileSync, writeFileSync } from 'node:fs';
import { withConfigurationTable } from './configuration-table.ts';
import { openApiDocument } from './openapi.ts';

const root = new URL('../../../../', import.meta.url);
const readme = new URL('README.md', root);
writeFileSync(readme, withConfigurationTable(readFileSync(readme, 'utf8')));
writeFileSync(
  new URL('shared/src/contracts/openapi.json', root),
  `${JSON.stringify(openApiDocument(), undefined, 2)}\n`,
);
