import { runDemo } from './demo.ts';

await runDemo(process.env);
