import type { Answer } from './exchange.ts';
import { refusalBodyOf } from './refusal-body.ts';

/** Why a portal waits, for the operator: in a few words, with the status, and nothing that HubSpot quoted. */
export function pauseReason(answer: Answer): string {
  const { status } = answer;
  return `${REASONS[status] ?? reasonOf(answer)} (${status})`;
}

const REASONS: Readonly<Record<number, string>> = {
  401: 'HubSpot no longer takes the access token',
  403: 'the app lacks a scope that HubSpot asks for',
  404: 'the channel does not exist, or belongs to another app than the token',
  423: 'HubSpot has locked what was asked for',
  477: 'HubSpot is moving the account to another data center',
  525: "HubSpot's own connection fails",
  526: "HubSpot's own certificate is invalid",
};

function reasonOf(answer: Answer): string {
  if (answer.status === 429) return RATE_LIMITS[refusalBodyOf(answer)?.policyName ?? ''] ?? 'too many calls';
  return 'HubSpot redirects to another address: is HUBSPOT_API_URL right?';
}

const RATE_LIMITS: Readonly<Record<string, string>> = {
  DAILY: "the account's calls of the day are used up",
  SECONDLY: 'too many calls in a second',
};
