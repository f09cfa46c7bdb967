import { type Answer, LostAnswer, Refusal } from './exchange.ts';
import { refusalBodyOf } from './refusal-body.ts';

/**
 * Why a portal waits, by what its call threw, for the operator: in a few words, with the status, and nothing that HubSpot quoted.
 * Undefined when there was no call, as without a token.
 */
export function pauseReason(thrown: unknown): string | undefined {
  if (thrown instanceof LostAnswer) return 'HubSpot gives no answer';
  if (!(thrown instanceof Refusal)) return undefined;
  const { status } = thrown.answer;
  return `${REASONS[status] ?? reasonOf(thrown.answer)} (${status})`;
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
  if (answer.status >= 500 || answer.status === 408) return "HubSpot serves nobody's words";
  if (answer.status === 429) return RATE_LIMITS[refusalBodyOf(answer)?.policyName ?? ''] ?? 'too many calls';
  return 'HubSpot redirects to another address: is HUBSPOT_API_URL right?';
}

const RATE_LIMITS: Readonly<Record<string, string>> = {
  DAILY: "the account's calls of the day are used up",
  SECONDLY: 'too many calls in a second',
};
