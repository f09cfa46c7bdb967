import type { SeenAttempt } from '../sandbox.ts';
import type { CrossedMessage } from './scenario.ts';

const COLUMNS = ['', 'accepted', 'attempted', 'delivered', 'reported', 'attempts'];

/** A table with a line a message: when it was first attempted, delivered and reported, in milliseconds after its acceptance. */
export function timelineOf(messages: readonly CrossedMessage[], attempts: readonly SeenAttempt[]): string[] {
  const rows = messages.map(({ what, eventId, reportId }) => {
    const own = attempts.filter((line) => line.eventId === eventId);
    const [first] = own;
    const last = own.at(-1);
    if (!first || !last) throw new Error(`${what} was never attempted`);
    const report = attempts.findLast((line) => line.eventId === reportId && line.outcome === 'delivered');
    if (reportId && !report) throw new Error(`${what} was never reported to HubSpot`);
    const acceptedAt = first.endedAt - first.ageMs;
    const reported = report ? report.endedAt - acceptedAt : '-';
    return [what, 0, first.ageMs - first.durationMs, last.endedAt - acceptedAt, reported, own.length].map(String);
  });
  const widths = COLUMNS.map((column, at) =>
    Math.max(...[column, ...rows.map((row) => row[at] ?? '')].map((cell) => cell.length)),
  );
  return [COLUMNS, ...rows].map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  );
}
