import { Problem, REMEDY } from './problems.ts';

interface KnownError {
  /** Of what HubSpot says. */
  readonly words: RegExp;
  readonly meaning: string;
  readonly remedy: string;
}

/** What people who connect a chatbot to HubSpot ask about in its forums, in HubSpot's words or in theirs. */
const KNOWN: readonly KnownError[] = [
  {
    words: /actor type (visitor|system|integrator) is not supported|UNSUPPORTED_ACTOR_TYPE|sender actor \S+ not found/i,
    meaning: "HubSpot's Conversations API writes in the name of agents only.",
    remedy:
      "Let no program post a visitor's words to a thread. Send them to Parley as `visitor.message`, which publishes them in a custom channel.",
  },
  {
    words: /channel \S+ not found|CHANNEL_DOES_NOT_EXIST/i,
    meaning: 'HubSpot hides a channel from the tokens of every app but its own.',
    remedy: REMEDY.channel,
  },
  {
    words: /api key provided is invalid/i,
    meaning: "HubSpot does not take the developer's key, or could not read the JSON that came with it.",
    remedy: REMEDY.developerKey,
  },
  {
    words: /required scopes|MISSING_SCOPES|access to the scopes|isn't available for public use/i,
    meaning: "The token lacks a scope: the app was not given it, or the account's plan has it not.",
    remedy: REMEDY.permission,
  },
  {
    words: /inactive|not active/i,
    meaning: 'HubSpot makes some channel accounts switched off, and takes no message for them.',
    remedy: REMEDY.inactive,
  },
  {
    words: /new thread|several threads|separate thread/i,
    meaning: 'Messages share a thread by the id that Parley gives them, if the channel is told to go by it.',
    remedy:
      'Compare the channel with `npm run parley -- channel plan`: its threadingModel must be INTEGRATION_THREAD_ID. `channel apply` sets it.',
  },
];

/** What an error of HubSpot's means, and what to do about it. Throws a `Problem` for one that nobody has asked about. */
export function explain(said: string): string {
  const known = KNOWN.find(({ words }) => words.test(said));
  if (known) return `${known.meaning}\n-> ${known.remedy}`;
  throw new Problem('These words are not known', 'See what the doctor finds: `npm run parley -- doctor`.');
}
