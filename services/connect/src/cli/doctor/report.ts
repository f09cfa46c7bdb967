import type { Checked } from './check.ts';

const MARK = { ok: 'ok     ', failed: 'FAILED ', warned: 'warned ', skipped: 'skipped' } as const;

/** A line for each check, with what to do under those that ask for it. */
export function tableOf(checked: readonly Checked[]): string {
  const width = Math.max(...checked.map(({ name }) => name.length));
  const lines = checked.flatMap((check) => [
    `${MARK[check.status]}  ${check.name.padEnd(width)}  ${check.detail}`,
    ...('remedy' in check ? [`         -> ${check.remedy}`] : []),
  ]);
  return lines.join('\n');
}
