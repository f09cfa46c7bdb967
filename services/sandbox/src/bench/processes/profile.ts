import { Session } from 'node:inspector/promises';
import { z } from 'zod';

/** Microseconds of the main thread's CPU, by what it was used for. */
export const CpuProfile = z.record(z.string(), z.number());
export type CpuProfile = z.infer<typeof CpuProfile>;

/** Begins to look at what this process does, many times a second. Gives what ends that and tells what was seen. */
export async function beginProfile(): Promise<() => Promise<CpuProfile>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    const usedFor = new Map(profile.nodes.map(({ id, callFrame }) => [id, usageOf(callFrame)]));
    const sums: CpuProfile = {};
    profile.samples?.forEach((node, at) => {
      const usage = usedFor.get(node) ?? IDLE;
      if (usage !== IDLE) sums[usage] = (sums[usage] ?? 0) + (profile.timeDeltas?.[at] ?? 0);
    });
    return sums;
  };
}

const IDLE = '(idle)';

/** Packages whose part is told by their own name; what they bring along is `express` for express, and otherwise `other packages`. */
const OWN_NAMES = ['ioredis', 'bullmq', 'zod', 'pino', 'prom-client'];
const OF_EXPRESS = [
  'express',
  'router',
  'body-parser',
  'raw-body',
  'type-is',
  'content-type',
  'mime-types',
  'path-to-regexp',
];

function usageOf({ functionName, url }: { functionName: string; url: string }): string {
  if (functionName === IDLE) return IDLE;
  if (functionName === '(garbage collector)') return 'garbage collection';
  const [, inPackage] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (inPackage === undefined) return url.startsWith('file:') ? "the server's own code" : 'node: http, sockets';
  if (OF_EXPRESS.includes(inPackage)) return 'express';
  return OWN_NAMES.includes(inPackage) ? inPackage : 'other packages';
}
