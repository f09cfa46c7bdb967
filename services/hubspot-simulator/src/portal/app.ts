/** The one app of this HubSpot, as its developer's account knows it. */
export interface App {
  readonly id: string;
  /** One per developer account; opens the channel's own endpoints. */
  readonly developerKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly requiredScopes: readonly string[];
  readonly optionalScopes: readonly string[];
  /** Where a consent may lead back to. Nowhere else does it. */
  redirectUrls: readonly string[];
}
