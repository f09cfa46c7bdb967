import { type Html, html } from '@parley/shared/http/html';

const UNITS = [
  { name: 'day', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
] as const;

/** `42 s`, `3 min`, `5 h`, `1 day`: one unit, rounded down, since an operator asks for the size and not for the second. */
export function duration(ms: number): string {
  const unit = UNITS.find((each) => ms >= each.ms);
  if (!unit) return `${Math.max(0, Math.floor(ms / 1_000))} s`;
  const count = Math.floor(ms / unit.ms);
  return unit.name === 'day' ? counted(count, 'day') : `${count} ${unit.name}`;
}

export const counted = (count: number, noun: string): string => `${number(count)} ${noun}${count === 1 ? '' : 's'}`;

const grouped = new Intl.NumberFormat('en-GB');

export const number = (count: number): string => grouped.format(count);

const clock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** `22 Nov, 17:48:03 UTC` */
export const time = (at: number): Html =>
  html`<time datetime="${new Date(at).toISOString()}">${clock.format(at)} UTC</time>`;
