import { BasicApi, BatchApi } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { Request } from '@hubspot/api-client/lib/src/services/http/Request.js';
import type { z } from 'zod';
import type { PortalId } from '../contracts/ids.ts';
import { RetryableError, TerminalError } from '../failures.ts';
import { type AccessTokens, withToken, withTokenOnce } from './access-token.ts';
import { contactsConfiguration, type Send } from './contacts-configuration.ts';
import { type Answer, exchange, Refusal } from './exchange.ts';
import { type About, failureOf } from './failure-of.ts';
import type { Outages } from './outages.ts';
import { pauseMs } from './pause-length.ts';
import { pauseReason } from './pause-reason.ts';
import type { RateBudget } from './rate-budget.ts';
import { rateHeadersOf } from './rate-headers.ts';
import { readAnswer } from './read-answer.ts';
import { streamedExchange } from './streamed-exchange.ts';
import type { Urgency } from './urgency.ts';

export interface HubSpotAccess {
  /** `https://api.hubapi.com`, or the simulator. */
  readonly apiUrl: string;
  readonly tokens: AccessTokens;
  readonly portalId: PortalId;
  readonly budget: RateBudget;
  readonly outages: Outages;
  /** Bounds each request with its answer. Must stay well below the 15 s for which a worker holds its job. */
  readonly timeoutMs: number;
}

export interface HubSpotRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly qs?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** How long a call may wait for its place in the rate budget before it is snoozed. Its worker does nothing else meanwhile. */
const PATIENCE_MS = 3_000;

export interface Call extends About {
  /** `delivery` when it is not said. */
  readonly urgency?: Urgency;
  readonly patienceMs?: number;
  /** Whose words they are, for `words`. */
  readonly conversation?: string;
}

export interface StreamedBody {
  readonly contentType: string;
  /** Bytes; without it the body goes in chunks. */
  readonly length: number | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

/** HubSpot's API for one portal, as the SDK speaks it. Inside `call`, requests throw what `exchange` throws. */
export interface HubSpotApi {
  /**
   * Takes one request's place in the rate budget, makes it, and turns what it throws into our failures. A failure of the portal's
   * pauses it for everybody, so that it is met once and not once for each conversation; any other answer to the first call after
   * a pause ends it, and no answer prolongs it. A HubSpot that serves nobody's words is the portal's failure too. `ask` makes exactly
   * one request.
   */
  call<T>(about: Call, ask: () => Promise<T>): Promise<T>;
  /** For what the SDK has no typed API. */
  request<T>(request: HubSpotRequest, schema: z.ZodType<T>): Promise<T>;
  /** Posts a body as it comes, of any length. What the body throws breaks the request off. */
  stream<T>(path: string, body: StreamedBody, schema: z.ZodType<T>): Promise<T>;
  readonly contacts: { readonly batch: BatchApi; readonly basic: BasicApi };
}

export function createHubSpotApi(access: HubSpotAccess): HubSpotApi {
  const { tokens, portalId, budget, outages, timeoutMs } = access;
  const apiUrl = access.apiUrl.replace(/\/+$/, '');

  const learning = async (exchanged: Promise<Answer>): Promise<Answer> => {
    const ended = await exchanged.catch((thrown: unknown) => ({ thrown }));
    const answer = 'thrown' in ended ? answerIn(ended.thrown) : ended;
    const rate = answer && rateHeadersOf(answer);
    if (rate) await budget.learn(portalId, rate);
    if ('thrown' in ended) throw ended.thrown;
    return ended;
  };
  // HubSpot may quote what it was sent, so the token in use is kept from what is told of a failure.
  let inUse = '';
  const bearer = (token: string) => {
    inUse = token;
    return `Bearer ${token}`;
  };
  const send: Send = (url, init) =>
    withToken(tokens, (token) => {
      const headers = { ...Object.fromEntries(new Headers(init.headers)), authorization: bearer(token) };
      return learning(exchange(url, { ...init, headers }, timeoutMs));
    });

  /** Nobody knows whether the pause is over: another call asks again. */
  const waitOn = async () => {
    const pause = await budget.stateOf(portalId);
    if (pause) await budget.block(portalId, { forMs: pauseMs(Date.now() - pause.since), why: pause.why });
  };

  /** The failure with its scope, which is the portal's when nobody is served, and with the length of the pause. */
  const placed = async (failure: unknown, conversation: string | undefined): Promise<unknown> => {
    if (!(failure instanceof RetryableError)) return failure;
    const { message, scope, certain, cause } = failure;
    if (scope === 'portal' && failure.retryAfterMs !== undefined) return failure;
    if (scope === 'message' && !(await outages.met(portalId, conversation))) return failure;
    const { since = Date.now() } = (await budget.stateOf(portalId)) ?? {};
    const retryAfterMs = Math.max(failure.retryAfterMs ?? 0, pauseMs(Date.now() - since));
    return new RetryableError(message, { scope: 'portal', certain, cause, retryAfterMs });
  };

  const contacts = contactsConfiguration({ apiUrl, send });
  return {
    contacts: { batch: new BatchApi(contacts), basic: new BasicApi(contacts) },

    async call({ what, privateWords = [], urgency = 'delivery', patienceMs = PATIENCE_MS, conversation }, ask) {
      const grant = await budget.take(portalId, { urgency, patienceMs, conversation });
      const ended = await ask().then(
        (result) => ({ result }),
        (thrown: unknown) => ({ thrown }),
      );
      const told = { what, privateWords: [inUse, ...privateWords] };
      const failure = 'thrown' in ended && (await placed(failureOf(ended.thrown, told), conversation));
      if (failure instanceof RetryableError && failure.scope === 'portal') {
        const why = ('thrown' in ended && pauseReason(ended.thrown)) || failure.message;
        await budget.block(portalId, { forMs: failure.retryAfterMs ?? pauseMs(0), why });
      } else if (grant === 'probe') await (answered(ended) ? budget.open(portalId) : waitOn());
      if (conversation !== undefined && !(failure instanceof RetryableError)) await outages.ended(portalId);
      if ('thrown' in ended) throw failure;
      return ended.result;
    },

    // What the SDK's `client.apiRequest` does, with the deadline that it cannot be given.
    async request(asked, schema) {
      const request = new Request({ basePath: apiUrl }, asked);
      return readAnswer(await send(request.getUrl(), request.getSendData()), schema);
    },

    async stream(path, { contentType, length, body }, schema) {
      const about = {
        'content-type': contentType,
        ...(length === undefined ? {} : { 'content-length': String(length) }),
      };
      const answer = await withTokenOnce(tokens, (token) => {
        const headers = { ...about, authorization: bearer(token) };
        return learning(streamedExchange(apiUrl + path, { headers, body }, timeoutMs));
      });
      return readAnswer(answer, schema);
    },
  };
}

/** A {@link TerminalError} is made within the call, of a refusal that concerns the call alone. */
const answered = (ended: object): boolean =>
  !('thrown' in ended) || ended.thrown instanceof Refusal || ended.thrown instanceof TerminalError;

const answerIn = (thrown: unknown): Answer | undefined => (thrown instanceof Refusal ? thrown.answer : undefined);
