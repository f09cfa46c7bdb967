/** A file that could not be had from an address that somebody gave us. */
export class Unfetchable extends Error {
  override readonly name = 'Unfetchable';
  /** May it be there in a while? */
  readonly later: boolean;

  /** `reason`: for the agent to read after "could not be fetched:". Never the address, which may hold a secret. */
  constructor(reason: string, { later, cause }: { later: boolean; cause?: unknown }) {
    super(reason, { cause });
    this.later = later;
  }
}
