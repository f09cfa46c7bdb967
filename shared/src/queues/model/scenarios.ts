import type { Scenario } from './explore.ts';

const delivering = (worker: string) => ['goes on', 'is turned down', 'is put off'].map((deed) => `${worker} ${deed}`);
const TWO_MESSAGES = ['bot 1 speaks in a', 'bot 1 finishes'];
const IN_DELIVERY = ['worker 1 takes a turn', 'worker 1 goes on'];
const DEAD = [...IN_DELIVERY, 'worker 1 is turned down', 'worker 1 finishes'];

/** Into a lane that is at work: the turn that was added with them has nothing to do. */
const TWO_MORE = [...TWO_MESSAGES, 'worker 2 takes a turn', 'worker 2 finishes'];
const REMOVED = ['the workers leave, or stay', ...TWO_MESSAGES, ...IN_DELIVERY, ...TWO_MORE, 'a turn is removed'];
const SWEPT = ['sweeper sweeps', 'sweeper finishes'];
const ABOUT_TO_HEAL = [...SWEPT, 'sweeper sweeps', 'sweeper goes on', 'sweeper goes on', 'sweeper goes on'];

/** Situations in which little has to happen for much to go wrong. */
export const SCENARIOS = {
  wakeUp: {
    title: 'a worker is stopped past its lock and wakes up while another has its turn',
    hasSweeper: true,
    opening: [...TWO_MESSAGES, ...IN_DELIVERY, 'worker 1 loses its lock'],
    moves: ['worker 2 takes a turn', ...delivering('worker 1'), ...delivering('worker 2')],
    depth: 4,
  },
  lateBeginning: {
    title: 'a worker is stopped before it begins and wakes up while another has its turn',
    hasSweeper: true,
    opening: [...TWO_MESSAGES, 'worker 1 takes a turn', 'worker 1 loses its lock'],
    moves: ['worker 2 takes a turn', 'worker 1 goes on', 'worker 2 goes on', 'worker 1 dies'],
    depth: 5,
  },
  sentTwice: {
    title: 'a connection breaks before the answer and sends again',
    hasSweeper: true,
    opening: [...TWO_MESSAGES, 'worker 1 takes a turn'],
    moves: ['worker 1 goes on', 'worker 1 sends twice', 'worker 1 is put off', 'worker 1 is turned down'],
    depth: 5,
  },
  removedTurn: {
    title: 'an operator removes a turn that is running, and the sweeper gives its lane to another',
    hasSweeper: true,
    opening: [...REMOVED, ...ABOUT_TO_HEAL],
    moves: ['sweeper finishes', 'worker 1 goes on', 'worker 1 finishes', 'worker 2 takes a turn', 'worker 2 goes on'],
    depth: 5,
  },
  lateRepair: {
    title: 'the sweeper is slow to heal a lane that has gone on meanwhile',
    hasSweeper: true,
    opening: [...REMOVED, ...ABOUT_TO_HEAL, 'worker 1 finishes', 'worker 2 takes a turn', 'worker 2 goes on'],
    moves: ['sweeper finishes', 'worker 1 takes a turn', 'worker 1 goes on', 'worker 2 goes on'],
    depth: 4,
  },
  lostTurn: {
    title: 'whoever has to add the next turn dies',
    hasSweeper: true,
    opening: ['the workers leave, or stay', ...TWO_MESSAGES, ...IN_DELIVERY],
    moves: ['worker 1 goes on', 'worker 1 dies', 'bot 1 speaks in b', 'bot 1 goes on', 'bot 1 dies'],
    depth: 4,
  },
  peacefulReplay: {
    title: 'an operator replays into an empty lane, and no sweeper comes',
    hasSweeper: false,
    opening: [...TWO_MESSAGES, ...DEAD, ...DEAD],
    moves: ['operator replays the oldest', 'operator finishes'],
    depth: 3,
  },
  lateBurial: {
    title: 'a worker buries a message and is slow or dies, while another has the next turn',
    hasSweeper: true,
    opening: [...TWO_MESSAGES, ...IN_DELIVERY, 'worker 1 is turned down'],
    moves: ['worker 1 goes on', 'worker 1 finishes', 'worker 1 dies', 'worker 2 takes a turn', 'worker 2 goes on'],
    depth: 6,
  },
  replay: {
    title: 'an operator replays dead letters while the conversation goes on',
    hasSweeper: true,
    opening: [...TWO_MESSAGES, ...DEAD, ...DEAD],
    moves: [
      'operator replays the oldest',
      'operator replays the newest',
      'operator goes on',
      'operator finishes',
      'operator dies',
      ...TWO_MESSAGES,
      'worker 1 takes a turn',
      'worker 1 goes on',
    ],
    depth: 4,
  },
  replayInDelivery: {
    title: 'an operator replays dead letters while a later message is in delivery',
    hasSweeper: true,
    opening: [...TWO_MESSAGES, ...DEAD, ...DEAD, ...TWO_MESSAGES, ...IN_DELIVERY],
    moves: [
      'operator replays the oldest',
      'operator replays the newest',
      'operator finishes',
      'worker 1 goes on',
      'worker 1 finishes',
      'worker 1 takes a turn',
    ],
    depth: 5,
  },
  replayAgain: {
    title: 'a replay dies before it removes the letter and is done again',
    hasSweeper: true,
    opening: [
      ...TWO_MESSAGES,
      ...DEAD,
      ...DEAD,
      'operator replays the oldest',
      'operator goes on',
      'operator goes on',
      'operator goes on',
      'operator dies',
    ],
    moves: ['operator replays the oldest', 'operator finishes', ...IN_DELIVERY, 'worker 1 finishes', 'worker 1 dies'],
    depth: 5,
  },
} satisfies Record<string, Scenario>;
