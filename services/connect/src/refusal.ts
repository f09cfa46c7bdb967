/** A request that is not carried out. All of it is shown to the person who made it; nothing of it holds a secret. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly remedy: string;
  readonly said: string | undefined;
  readonly wayBack: URL | undefined;

  constructor(
    what: string,
    details: { status: number; remedy: string; said?: string | undefined; wayBack?: URL | undefined; cause?: unknown },
  ) {
    super(what, { cause: details.cause });
    this.status = details.status;
    this.remedy = details.remedy;
    this.said = details.said;
    this.wayBack = details.wayBack;
  }
}
