import { parseArgs } from 'node:util';
import { httpUrl } from '@parley/shared/config/settings';
import { runDemo } from './demo.ts';

try {
  const { values } = parseArgs({ options: { 'callback-url': { type: 'string' } } });
  const callbackUrl = values['callback-url'];
  if (callbackUrl !== undefined && !httpUrl().safeParse(callbackUrl).success)
    throw new Error(`--callback-url ${callbackUrl} must be an address like http://localhost:8080/parley`);
  await runDemo(process.env, { callbackUrl });
} catch (error) {
  process.stderr.write(`failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
