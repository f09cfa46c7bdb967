import type { SetUpError, SetUpProblem } from '@parley/shared/hubspot/channels-calls';

/** Something that the person at the keyboard has to do or to decide. Printed as it is, without a stack. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(what);
    this.remedy = remedy;
  }
}

export const REMEDY = {
  credential:
    'Give HUBSPOT_ACCESS_TOKEN a token that is valid now, or leave it empty and install the app: open <CONNECT_URL>/install.',
  permission:
    "Give the app the scopes of the README's first step and install it again. Custom channels need Sales Hub or Service Hub, Professional or higher.",
  channel:
    "The token's app must own the channel: HubSpot hides it from every other app. Compare HUBSPOT_CHANNEL_ID, and take a token of the app that created it.",
  absent: 'Compare HUBSPOT_API_URL and HUBSPOT_API_VERSION.',
  conflict: 'Look at what is there already: `npm run parley -- accounts list`.',
  refused: "HubSpot's words say why. Ask again later when it speaks of a limit.",
  away: 'See whether this machine reaches HUBSPOT_API_URL, and ask again.',
  developerKey:
    "HUBSPOT_DEVELOPER_KEY must be the developer account's key (no access token), and HUBSPOT_APP_ID an app of that account.",
  inactive: 'An administrator switches it on in HubSpot: Settings > Inbox & Help Desk > the inbox > Channels.',
} satisfies Readonly<Record<SetUpProblem, string>> & Readonly<Record<string, string>>;

/** What to do about what HubSpot said to the portal's token. */
export const remedyOf = ({ problem }: SetUpError): string => REMEDY[problem];
