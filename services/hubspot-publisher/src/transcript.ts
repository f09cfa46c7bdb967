import type { TranscriptLine } from '@parley/shared/contracts/event-from-bot';

/** Characters. HubSpot names no limit for a comment; agents read the end of a transcript, so the beginning gives way. */
const MAX_CHARACTERS = 30_000;

const SPEAKER = { visitor: 'Visitor', bot: 'Bot' };

/** What an agent should know before the first answer, as the text of one comment: who it is, and what was said. */
export function transcriptText({
  who,
  lines,
  note,
}: {
  /** The visitor. */
  who: string;
  lines: readonly TranscriptLine[];
  note?: string | undefined;
}): string {
  const head = [`Visitor: ${who}`, ...(note ? [note] : [])].join('\n');
  return lines.length === 0 ? head : `${head}\n\n${latest(lines.map(lineText))}`;
}

const lineText = ({ from, text, at }: TranscriptLine) => `${at ? `[${clock(at)}] ` : ''}${SPEAKER[from]}: ${text}`;

/** Hours and minutes in UTC, which is said, because agents and servers live in different places. */
const clock = (at: string) => `${new Date(at).toISOString().slice(11, 16)} UTC`;

function latest(lines: readonly string[]): string {
  let length = 0;
  let from = lines.length;
  while (from > 0 && length + (lines[from - 1]?.length ?? 0) <= MAX_CHARACTERS) {
    from -= 1;
    length += (lines[from]?.length ?? 0) + 1;
  }
  const kept = lines.slice(from).join('\n');
  return from === 0 ? kept : `(${from} earlier ${from === 1 ? 'line' : 'lines'} left out)\n${kept}`;
}
