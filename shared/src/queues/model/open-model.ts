import { connectPatient } from '../../redis/connect.ts';
import { testRedis } from '../../testing/test-redis.ts';
import { defineLaneScripts } from '../lane-scripts.ts';
import { type Mistake, mistaken } from './mistakes.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

/** Opens worlds on the Redis of the tests: each has keys of its own, and all of them the same scripts. */
export async function openModel(mistake?: Mistake) {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  defineLaneScripts(redis, mistake && mistaken(mistake));
  let worlds = 0;

  return {
    openWorld: (options: Pick<WorldOptions, 'window' | 'hasSweeper'>): World =>
      openWorld({ redis, namespace: `${namespace}-${++worlds}`, ...options }),
    [Symbol.dispose]: () => redis.disconnect(),
  };
}
