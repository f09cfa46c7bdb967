/** What a check found. `detail` is one sentence without secrets, `remedy` says what to do. */
export type Finding =
  | { readonly status: 'ok'; readonly detail: string }
  | { readonly status: 'failed'; readonly detail: string; readonly remedy: string }
  /** Works today, and should not stay so. */
  | { readonly status: 'warned'; readonly detail: string; readonly remedy: string }
  | { readonly status: 'skipped'; readonly detail: string };

export interface Check {
  readonly name: string;
  readonly run: () => Promise<Finding>;
}

export type Checked = Finding & { readonly name: string };

export const ok = (detail: string): Finding => ({ status: 'ok', detail });
export const failed = (detail: string, remedy: string): Finding => ({ status: 'failed', detail, remedy });
export const warned = (detail: string, remedy: string): Finding => ({ status: 'warned', detail, remedy });
export const skipped = (detail: string): Finding => ({ status: 'skipped', detail });

/** Runs checks of which each one makes sense only after those before it: after a failure the others are skipped. */
export async function inOrder(checks: readonly Check[]): Promise<Checked[]> {
  const found: Checked[] = [];
  let broken: string | undefined;
  for (const { name, run } of checks) {
    const finding = broken === undefined ? await run() : skipped(`needs "${broken}"`);
    if (finding.status === 'failed') broken = name;
    found.push({ name, ...finding });
  }
  return found;
}
