import { setTimeout as after } from 'node:timers/promises';
import type { Request, Response, Router } from 'express';
import express from 'express';
import type { HubSpot } from '../portal/hubspot.ts';
import { authenticate, authorize, bearerOf } from './authenticate.ts';
import { invalidKey } from './channels/developer-key.ts';
import { HubSpotError } from './errors.ts';
import type { Faults } from './faults.ts';
import { answerOf } from './faults.ts';
import { readMultipart } from './files/read-multipart.ts';
import { loggedCall } from './logged-call.ts';
import { OPEN_ENDPOINTS } from './open-operations.ts';
import type { Endpoint } from './operations.ts';
import { ENDPOINTS } from './operations.ts';
import type { RateLimit } from './rate-limit.ts';
import { readForm, readJson } from './read-body.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';

export interface Api {
  readonly hubspot: HubSpot;
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  readonly log: RequestLog;
}

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

/** HubSpot's API over HTTP: each call is logged, meets its fault if one waits for it, and is served. */
export function apiRouter(api: Api): Router {
  const router = express.Router();
  router.use(express.raw({ type: 'multipart/form-data', limit: '50mb' }), readMultipart);
  router.use(express.text({ type: () => true, limit: '5mb' }));
  for (const endpoint of [...ENDPOINTS, ...OPEN_ENDPOINTS]) {
    router[endpoint.method]([...endpoint.paths], (request, response, next) =>
      // The id of a channel is a number: anything else in its place is no path of HubSpot's.
      /^\d+$/.test(String(request.params.channelId ?? 0)) ? answerCall(api, endpoint, { request, response }) : next(),
    );
  }
  router.use((request, response) => {
    const logged = api.log.add(loggedCall(request, {}));
    send(api, { status: 404, body: { status: 'error', message: 'No resource at this path' } }, { logged, response });
  });
  return router;
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

async function answerCall(api: Api, endpoint: Endpoint, { request, response }: Exchange): Promise<void> {
  const portalId = bearerOf(api.hubspot, request.get('authorization'))?.portal.id;
  const fault = api.faults.take(endpoint.operation, portalId);
  const { operation, deprecated } = endpoint;
  const logged = api.log.add(loggedCall(request, { operation, deprecated, portalId, fault: fault?.kind }));
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'close':
      request.socket.destroy();
      return;
    case 'answer':
      return send(api, refusal(answerOf(fault), fault.status), { logged, response });
    case 'lose-answer':
      api.log.changed(logged, { status: serve(api, endpoint, request).status, answered: false });
      request.socket.resetAndDestroy();
      return;
    case 'slow':
      await after(fault.delayMs, undefined, { ref: false });
      break;
    case undefined:
      break;
  }
  send(api, serve(api, endpoint, request), { logged, response });
}

function serve(api: Api, endpoint: Endpoint, request: Request): Reply {
  let headers: Record<string, string> = {};
  try {
    const params = Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    const authorization = request.get('authorization');
    if (endpoint.scopes === undefined) {
      endpoint.admit?.(api.hubspot, { params, query, authorization });
      return endpoint.handleOpen(api.hubspot, { params, query, authorization, body: readBody(endpoint, request) });
    }
    const { portal, grant } = authenticate(api.hubspot, authorization);
    headers = api.rateLimit.take(portal.id, endpoint.operation === 'search' ? 'search' : 'other');
    authorize(grant, endpoint.scopes);
    const answer = endpoint.handle(portal, { grant, params, query, body: readBody(endpoint, request) });
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    if (!(error instanceof HubSpotError)) throw error;
    return { status: error.status, body: error.body, headers: { ...headers, ...error.headers } };
  }
}

function readBody({ method, body, operation }: Endpoint, request: Request): unknown {
  if (method === 'get' || method === 'delete') return undefined;
  if (body === 'multipart') return request.body;
  if (body === 'form') return readForm(request);
  try {
    return readJson(request);
  } catch (error) {
    // Of a malformed channel HubSpot was seen to say that the key is wrong.
    throw operation === 'channel' ? invalidKey() : error;
  }
}

const refusal = (answer: ReturnType<typeof answerOf>, status: number): Reply =>
  answer instanceof HubSpotError ? answer : { status, body: answer.html, headers: { 'content-type': 'text/html' } };

function send(api: Api, reply: Reply, to: { readonly logged: LoggedRequest; readonly response: Response }): void {
  to.response.status(reply.status).set(reply.headers ?? {});
  if (reply.body === undefined) to.response.end();
  else if (typeof reply.body === 'string' || Buffer.isBuffer(reply.body)) to.response.send(reply.body);
  else to.response.json(reply.body);
  api.log.changed(to.logged, { status: reply.status, answered: true });
}
