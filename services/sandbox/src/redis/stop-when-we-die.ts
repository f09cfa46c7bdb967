import { spawn } from 'node:child_process';
import { once } from 'node:events';

const GUARD = 'read -r _; kill -9 "$0" 2>/dev/null; rm -rf "$1"';

/**
 * Ends the process `pid`, and removes `folder`, when this process dies without stopping it, be it by SIGKILL: a shell
 * waits for the end of its standard input, which the operating system closes with us. Without a `sh` nothing happens.
 */
export function stopWhenWeDie({ pid, folder = '' }: { pid: number; folder?: string }): {
  release: () => Promise<void>;
} {
  const guard = spawn('sh', ['-c', GUARD, `${pid}`, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const gone = once(guard, 'exit').catch(() => []);
  guard.unref();
  return {
    release: async () => {
      guard.ref();
      guard.kill('SIGKILL');
      await gone;
    },
  };
}
