import { readFileSync } from 'node:fs';
import type { Redis, Result } from 'ioredis';

/** The text of one `lua/*.lua`. */
export const readScript = (name: string): string => readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');

/** Teaches a connection the scripts of the lanes, whose arguments and replies are stated at the head of each `lua/*.lua`. */
export function defineLaneScripts(redis: Redis, read = readScript): void {
  const library = read('lib');
  const define = (command: string, script: string) =>
    redis.defineCommand(command, { numberOfKeys: 1, lua: library + read(script) });
  define('laneAccept', 'accept');
  define('laneStep', 'step');
  define('laneCool', 'cool');
  define('laneBury', 'bury');
  define('laneHeal', 'heal');
  define('laneReplay', 'replay');
  define('laneSurvey', 'survey');
}

type Argument = string | number;
/** `lane, generation, lane, generation …`: turns that the caller must add. */
type Turns = string[];

declare module 'ioredis' {
  interface RedisCommander<Context> {
    laneAccept(base: string, ...args: Argument[]): Result<[accepted: number, duplicate: number, ...Turns], Context>;
    laneStep(base: string, ...args: Argument[]): Result<[1, entry: string] | [0, ...Turns] | [-1], Context>;
    laneCool(base: string, ...args: Argument[]): Result<Turns, Context>;
    laneBury(base: string, ...args: Argument[]): Result<[0] | [1, letter: string, ...Turns], Context>;
    laneHeal(base: string, ...args: Argument[]): Result<Turns, Context>;
    laneReplay(base: string, ...args: Argument[]): Result<[deliveredSince: number, ...Turns], Context>;
    laneSurvey(base: string, ...args: Argument[]): Result<Argument[], Context>;
  }
}
