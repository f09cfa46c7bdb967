import { SetUpError, type SetUpProblem } from '@parley/shared/hubspot/channels-calls';
import { Refusal } from '../refusal.ts';
import { type Connection, INSTALL_FIRST, PICK_AGAIN } from './connection.ts';

interface Told {
  readonly status: number;
  readonly what: string;
  readonly remedy: string;
}

const TOLD: Readonly<Record<SetUpProblem, Told>> = {
  absent: {
    status: 404,
    what: 'HubSpot does not know this connection any more',
    remedy: PICK_AGAIN,
  },
  conflict: {
    status: 409,
    what: 'This inbox is connected already',
    remedy: 'HubSpot shows the channel in the settings of the inbox.',
  },
  credential: {
    status: 403,
    what: 'Parley has no access to this HubSpot account just now',
    remedy: `Reload this page in a minute. If it stays like this: ${INSTALL_FIRST}`,
  },
  permission: {
    status: 403,
    what: 'The app may not do this in this HubSpot account',
    remedy: `Custom channels need Sales Hub or Service Hub, Professional or higher. ${INSTALL_FIRST}`,
  },
  channel: {
    status: 403,
    what: 'The channel belongs to another app',
    remedy: 'Have whoever runs Parley compare HUBSPOT_CHANNEL_ID and HUBSPOT_CLIENT_ID.',
  },
  refused: { status: 503, what: 'HubSpot did not take it', remedy: 'Reload this page in a minute.' },
  away: {
    status: 503,
    what: 'HubSpot could not be asked just now',
    remedy: 'Reload this page in a minute. Connecting twice does no harm.',
  },
};

/** What became of HubSpot's answer, for the administrator. What is no answer of HubSpot's comes back as it was. */
export function refusalOf(thrown: unknown, { redirectUrl }: Connection): unknown {
  if (!(thrown instanceof SetUpError)) return thrown;
  const { what, ...told } = TOLD[thrown.problem];
  return new Refusal(what, {
    ...told,
    said: thrown.problem === 'permission' || thrown.problem === 'refused' ? thrown.message : undefined,
    wayBack: thrown.problem === 'conflict' ? redirectUrl : undefined,
    cause: thrown,
  });
}
