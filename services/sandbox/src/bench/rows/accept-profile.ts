import { startDoors } from '../accepting.ts';
import { startBenchRedis } from '../bench-redis.ts';
import type { Figure } from '../figure.ts';
import type { CpuProfile } from '../processes/profile.ts';
import type { Row, Size } from '../row.ts';

const EVENTS: Record<Size, number> = { tiny: 100, usual: 20_000, nightly: 60_000 };
const LOAD = { batch: 1, connections: 64 };

export const acceptProfile: Row = {
  name: 'accept-profile',
  about: (size) =>
    `what the main thread of each server spends an accept on, one event on each of 64 connections, ${EVENTS[size]} times; looking on costs some of it`,
  async measure(size) {
    await using redis = await startBenchRedis();
    await using compared = await startDoors(redis.url);
    const load = { ...LOAD, events: EVENTS[size] };
    const profiles: Record<string, CpuProfile> = {};
    for (const [name, door] of Object.entries(compared.doors)) {
      await compared.post(door, load); // compiles, unseen
      profiles[name] = await door.profile(() => compared.post(door, load));
    }
    const usages = new Set(Object.values(profiles).flatMap((profile) => Object.keys(profile)));
    return [...usages].map(
      (usage): Figure => ({
        what: usage,
        unit: 'µs/event',
        values: Object.fromEntries(
          Object.entries(profiles).map(([name, profile]) => [name, (profile[usage] ?? 0) / load.events]),
        ),
      }),
    );
  },
};
