import { parseArgs } from 'node:util';
import { runDemo } from './demo.ts';

const { values } = parseArgs({ options: { 'callback-url': { type: 'string' } } });

await runDemo(process.env, { callbackUrl: values['callback-url'] });
