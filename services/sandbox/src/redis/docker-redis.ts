import { type FoundRedis, READY_LINE, REDIS_ARGUMENTS, type Unavailable, type Wish } from './found-redis.ts';

const PUBLIC_IMAGE = 'redis:8-alpine';
const PORT = 6379;
const STARTUP_TIMEOUT_MS = 60_000;

/** Starts a container through Testcontainers, whose import alone costs half a second: hence only when it is needed. */
export async function startDockerRedis({ dockerImage, print }: Wish): Promise<FoundRedis | Unavailable> {
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  try {
    await getContainerRuntimeClient();
  } catch {
    return { unavailable: 'no Docker Engine answers' };
  }
  const image = dockerImage || PUBLIC_IMAGE;
  print(`Starting ${image} in Docker, which pulls it first when it is not there yet.`);
  try {
    const container = await new GenericContainer(image)
      // The image is reached through a published port, which Redis in its protected mode would refuse.
      .withCommand(['redis-server', ...REDIS_ARGUMENTS, '--protected-mode', 'no'])
      .withExposedPorts(PORT)
      // By its log, since the port check of Testcontainers needs a shell in the image.
      .withWaitStrategy(Wait.forLogMessage(READY_LINE))
      .withStartupTimeout(STARTUP_TIMEOUT_MS)
      .start();
    return {
      url: `redis://${container.getHost()}:${container.getMappedPort(PORT)}`,
      kind: 'docker',
      [Symbol.asyncDispose]: async () => {
        await container.stop({ remove: true, timeout: 0 });
      },
    };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    print(`Docker runs, but ${image} does not start there: ${said}`);
    return { unavailable: `${image} does not start: ${said}` };
  }
}
