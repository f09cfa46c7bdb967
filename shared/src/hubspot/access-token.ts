/**
 * The token that a call carries. Each function throws a `RetryableError` of the portal when there is none to be had now.
 */
export interface AccessTokens {
  /** A token that was good when last heard of. */
  readonly current: () => Promise<string>;
  /**
   * HubSpot has just refused `refused` with 401: gives another one, or throws, when there is no other. However many ask at once
   * about the same token, one new one is fetched.
   */
  readonly instead: (refused: string) => Promise<string>;
}
