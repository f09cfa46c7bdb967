import { readScript } from '../lane-scripts.ts';
import type { SCENARIOS } from './scenarios.ts';

/** A mistake that a programmer could make: in one script, `right` becomes `wrong`. */
export interface Mistake {
  readonly title: string;
  readonly foundBy: 'peace' | keyof typeof SCENARIOS;
  readonly script: string;
  readonly right: string;
  readonly wrong: string;
}

export const MISTAKES: readonly Mistake[] = [
  {
    title: 'a step that is not fenced by the run',
    foundBy: 'wakeUp',
    script: 'step',
    right: "if mode ~= 'begin' or tonumber(ARGV[5]) <= tonumber(string.match(run, '^%d+')) then return { -1 } end",
    wrong: '',
  },
  {
    title: 'an earlier run that takes the lane back',
    foundBy: 'lateBeginning',
    script: 'step',
    right: "tonumber(ARGV[5]) <= tonumber(string.match(run, '^%d+'))",
    wrong: 'false',
  },
  {
    title: 'an acknowledgement by position and not by id',
    foundBy: 'sentTwice',
    script: 'step',
    right: 'head and eventIdOf(head) == delivered',
    wrong: 'head',
  },
  {
    title: 'a last step that keeps the lane',
    foundBy: 'peace',
    script: 'step',
    right: 'release(account, lane, window, turns)',
    wrong: '',
  },
  {
    title: 'a slot that is not given back',
    foundBy: 'peace',
    script: 'lib',
    right: "if call('HDEL', liveKey(account), lane) == 0 then call('HDEL', awayKey(account), lane) end",
    wrong: "call('HDEL', awayKey(account), lane)",
  },
  {
    title: 'a place beside the window that is not given back',
    foundBy: 'peace',
    script: 'lib',
    right: "if call('HDEL', liveKey(account), lane) == 0 then call('HDEL', awayKey(account), lane) end",
    wrong: "call('HDEL', liveKey(account), lane)",
  },
  {
    title: 'a lane that does not queue again',
    foundBy: 'peace',
    script: 'lib',
    right: "if call('EXISTS', laneKey(lane)) == 1 then waitForSlot(account, lane) else",
    wrong: "if call('EXISTS', laneKey(lane)) == 0 then",
  },
  {
    title: 'a release that does not pass its slot on',
    foundBy: 'peace',
    script: 'lib',
    right: 'lane) end\n  fill(account, window, turns)',
    wrong: 'lane) end',
  },
  {
    title: 'a window that nobody counts',
    foundBy: 'peace',
    script: 'lib',
    right: "window - call('HLEN', liveKey(account))",
    wrong: 'window',
  },
  {
    title: 'a generation that was used before',
    foundBy: 'peace',
    script: 'lib',
    right: "tostring(call('INCR', base .. 'ticket'))",
    wrong: "'0'",
  },
  {
    title: 'a full lane that leaves the map',
    foundBy: 'lostTurn',
    script: 'lib',
    right: "waitForSlot(account, lane) else call('ZREM', base .. 'index', lane) end",
    wrong: "waitForSlot(account, lane) end call('ZREM', base .. 'index', lane)",
  },
  {
    title: 'an event that is not remembered',
    foundBy: 'peace',
    script: 'accept',
    right: "'', 'NX', 'EX'",
    wrong: "'', 'EX'",
  },
  {
    title: 'a lane that is not put on the map',
    foundBy: 'lostTurn',
    script: 'accept',
    right: "if needsTurn then call('ZADD', base .. 'index', nowMs(), lane) end",
    wrong: '',
  },
  {
    title: 'messages that are put in at the head',
    foundBy: 'peace',
    script: 'accept',
    right: "'RPUSH'",
    wrong: "'LPUSH'",
  },
  {
    title: 'a new lane that is not queued',
    foundBy: 'peace',
    script: 'accept',
    right: 'rest) == 1',
    wrong: 'rest) == 0',
  },
  {
    title: 'a turn that was added ahead and is not the one that is granted',
    foundBy: 'peace',
    script: 'lib',
    right: "local generation = added or tostring(call('INCR', base .. 'ticket'))",
    wrong: "local generation = tostring(call('INCR', base .. 'ticket'))",
  },
  {
    title: 'a burial that is not fenced by the run',
    foundBy: 'wakeUp',
    script: 'bury',
    right: "(run ~= '' and run ~= ownerRun)",
    wrong: 'false',
  },
  {
    title: 'a burial that is not fenced by the generation',
    foundBy: 'lateBurial',
    script: 'bury',
    right: 'owner ~= generation',
    wrong: 'not owner',
  },
  {
    title: 'a dead letter that does not go through the outbox',
    foundBy: 'lateBurial',
    script: 'bury',
    right: "call('SADD', base .. 'dead', letter)",
    wrong: '',
  },
  {
    title: 'a burial that keeps the lane',
    foundBy: 'peace',
    script: 'bury',
    right: 'letter)\nrelease(account, lane, window, turns)',
    wrong: 'letter)',
  },
  {
    title: 'a dead letter that stays in its lane',
    foundBy: 'peace',
    script: 'bury',
    right: "call('LPOP', laneKey(lane))",
    wrong: '',
  },
  {
    title: 'a cooling that is not fenced by the run',
    foundBy: 'wakeUp',
    script: 'cool',
    right: 'or run ~= mine or away',
    wrong: 'or away',
  },
  {
    title: 'a cooling that keeps the slot',
    foundBy: 'peace',
    script: 'cool',
    right: "call('HDEL', liveKey(account), lane)",
    wrong: '',
  },
  {
    title: 'a cooling that forgets who has the lane',
    foundBy: 'peace',
    script: 'cool',
    right: "call('HSET', awayKey(account), lane, generation .. ' ' .. mine)",
    wrong: '',
  },
  {
    title: 'a cooling that does not pass its slot on',
    foundBy: 'peace',
    script: 'cool',
    right: 'fill(account, window, turns)',
    wrong: '',
  },
  {
    title: 'a repair that takes the lane from a turn that lives',
    foundBy: 'lateRepair',
    script: 'heal',
    right: 'if owner and owner ~= generation then return turns end',
    wrong: '',
  },
  {
    title: 'a replay behind the tail',
    foundBy: 'replay',
    script: 'replay',
    right: 'elseif next then',
    wrong: 'elseif false then',
  },
  {
    title: 'a replay before the message in delivery',
    foundBy: 'replayInDelivery',
    script: 'replay',
    right: "(owner and run ~= '0' or second and numberOf(head) > numberOf(second)) and 1 or 0",
    wrong: '0',
  },
  {
    title: 'a replay at the head',
    foundBy: 'replay',
    script: 'replay',
    right: 'while next and numberOf(next) < numberOf(entry) do',
    wrong: 'while false do',
  },
  {
    title: 'a replay that is done twice',
    foundBy: 'replayAgain',
    script: 'replay',
    right: 'next == entry or head == entry',
    wrong: 'false',
  },
  {
    title: 'a replay that does not see itself in delivery',
    foundBy: 'replayAgain',
    script: 'replay',
    right: 'next == entry or head == entry',
    wrong: 'next == entry',
  },
  {
    title: 'a replay into a lane that is not on the map',
    foundBy: 'replay',
    script: 'replay',
    right: "call('ZADD', base .. 'index', 'NX', nowMs(), lane)",
    wrong: '',
  },
  {
    title: 'a replay into a lane without a turn',
    foundBy: 'peacefulReplay',
    script: 'replay',
    right: 'if not owner then',
    wrong: 'if false then',
  },
];

/** Reads the scripts with one mistake in them. */
export const mistaken =
  ({ title, script, right, wrong }: Mistake) =>
  (name: string): string => {
    const text = readScript(name);
    if (name !== script) return text;
    const parts = text.split(right);
    if (parts.length !== 2)
      throw new Error(`${title}: ${script}.lua has the right words ${parts.length - 1} times, not once`);
    return parts.join(wrong);
  };
