import { HubSpotError } from '../errors.ts';

const ERRORS = {
  BAD_AUTH_CODE: ['invalid_grant', 'missing or unknown auth code'],
  BAD_REFRESH_TOKEN: ['invalid_grant', 'refresh token is invalid, expired or revoked'],
  BAD_HUB: ['access_denied', 'missing or unknown hub id'],
  BAD_CLIENT_ID: ['invalid_client', 'missing or unknown client id'],
  BAD_CLIENT_SECRET: ['invalid_client', 'missing or invalid client secret'],
  BAD_REDIRECT_URI: ['invalid_grant', 'missing or invalid redirect uri'],
  BAD_CODE_VERIFIER: ['invalid_grant', 'missing or invalid code verifier'],
  BAD_GRANT_TYPE: ['unsupported_grant_type', 'missing or unknown grant type'],
} as const;

/** A refusal of the token endpoints, which has the form of OAuth's errors and of HubSpot's older ones in one. */
export function oauthError(status: keyof typeof ERRORS): HubSpotError {
  const [error, message] = ERRORS[status];
  const refusal = new HubSpotError(400, { message });
  Object.assign(refusal.body, { status, error, error_description: message });
  return refusal;
}
