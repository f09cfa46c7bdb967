import type { Conversation, Line } from './conversation.ts';

/** Parley takes at most this many lines. */
const MAX_LINES = 1_000;

interface TranscriptLine {
  readonly from: 'visitor' | 'bot';
  readonly text: string;
  readonly at: string;
}

/**
 * What visitor and bot said to each other, the latest lines of it. The agents have a thread of their own for each earlier handoff,
 * so the words of one stand here as a single line that tells how many there were.
 */
export function transcriptOf(conversation: Conversation): TranscriptLine[] {
  const transcript: TranscriptLine[] = [];
  let withAgents: Line[] = [];
  const markTalk = () => {
    const [first] = withAgents;
    if (first) transcript.push({ from: 'bot', text: talkOf(withAgents.length), at: first.at });
    withAgents = [];
  };
  for (const line of conversation.lines()) {
    if (line.from === 'note') continue;
    if (line.from === 'agent' || line.delivery !== undefined) {
      withAgents.push(line);
      continue;
    }
    markTalk();
    transcript.push({ from: line.from, text: line.text, at: line.at });
  }
  markTalk();
  return transcript.slice(-MAX_LINES);
}

const talkOf = (count: number) => `(talk with our team, ${count === 1 ? '1 message' : `${count} messages`})`;
