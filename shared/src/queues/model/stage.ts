import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as untilQuiet } from 'node:timers/promises';
import { RetryableError } from '../../failures.ts';

/** What becomes of the call that an actor is about to make. An error: it is refused, and nothing is done. */
export type Fate = 'done' | 'done twice' | 'done, and the answer is lost' | Error;

/** Somebody at work. Forgotten at a call, he is a process that died there; let on much later, one that was stopped and woke up. */
export interface Actor {
  readonly name: string;
  /** The calls that he waits to make, and the ones that he has made with what they were answered. */
  readonly calls: Call[];
  readonly past: string[];
  /** A call of his went wrong, so that his work may fail. */
  harmed: boolean;
  ended: boolean;
  failure: unknown;
}

interface Call {
  readonly name: string;
  meet(fate: Fate): Promise<void>;
}

export type Stage = ReturnType<typeof createStage>;

/**
 * Runs real code one call at a time: whoever comes to a call to Redis, to BullMQ or to the other side waits until he is let go
 * on, so that every interleaving can be played, and played again.
 */
export function createStage() {
  const onStage = new AsyncLocalStorage<Actor>();

  return {
    /** Begins a task and resolves when it waits to make its first call. */
    async enter(name: string, task: () => Promise<unknown>): Promise<Actor> {
      const actor: Actor = { name, calls: [], past: [], harmed: false, ended: false, failure: undefined };
      onStage
        .run(actor, task)
        .catch((failure: unknown) => {
          actor.failure = failure;
        })
        .finally(() => {
          actor.ended = true;
        });
      await untilQuiet();
      return actor;
    },

    /** Lets an actor make his next call, and resolves when he waits to make another or has ended. Throws what nobody broke. */
    async goOn(actor: Actor, fate: Fate = 'done'): Promise<void> {
      const call = actor.calls.shift();
      if (!call) throw new Error(`${actor.name} waits for nothing`);
      actor.harmed ||= fate !== 'done';
      await call.meet(fate);
      await untilQuiet();
      if (actor.failure && !actor.harmed)
        throw new Error(`${actor.name} failed though nothing went wrong`, { cause: actor.failure });
    },

    /** Made by code that runs on the stage. `run` failing is a mistake of ours and reaches whoever let the actor go on. */
    call<Answer>(name: string, run: (by: Actor) => Promise<Answer>): Promise<Answer> {
      const actor = onStage.getStore();
      if (!actor) throw new Error(`nobody on stage makes the call ${name}`);
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      const meet = async (fate: Fate) => {
        if (fate instanceof Error) return reject(fate);
        let answer = await run(actor);
        if (fate === 'done twice') answer = await run(actor);
        const lost = fate === 'done, and the answer is lost';
        actor.past.push(lost ? name : `${name}: ${JSON.stringify(answer)}`);
        return lost ? reject(new RetryableError('the connection broke')) : resolve(answer);
      };
      actor.calls.push({ name, meet });
      return promise;
    },
  };
}
