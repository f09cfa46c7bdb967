import type { Logger } from '@parley/shared/logging/logger';
import express, { type CookieOptions, type Request, type RequestHandler, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import type { Operator } from '../app.ts';
import { send } from '../page/layout.ts';
import { forPeople, Refusal } from '../page/problem.ts';
import { createCredentialCheck } from './credentials.ts';
import { SESSION_MS, type Sessions } from './session.ts';
import { signInPage } from './sign-in-page.ts';

const COOKIE = 'parley-operator';

/**
 * Wrong passwords that one address may send in a minute. Slow enough for a password of 12 characters to outlast us all, and
 * short enough that operators behind the same proxy as an attacker are soon let in again.
 */
const WRONG_PER_MINUTE = 5;
const MINUTE_MS = 60_000;

const Next = z.string().catch('/');
const Form = z.object({ name: z.string(), password: z.string(), next: Next });

export interface SignIn {
  /** `/sign-in`, `/sign-out`. */
  readonly routes: Router;
  /** Lets signed-in operators pass, sends pages to `/sign-in` and answers 401 to the rest. */
  readonly signedIn: RequestHandler;
}

export function createSignIn(deps: { operator: Operator; sessions: Sessions; logger: Logger }): SignIn {
  const { operator, sessions, logger } = deps;
  const fits = createCredentialCheck(operator);
  const isSignedIn = (request: Request) => sessions.isLive(tokenOf(request));
  const routes = express.Router();

  routes.get('/sign-in', (request, response) => {
    const next = pathOfOurs(Next.parse(request.query.next));
    if (isSignedIn(request)) return response.redirect(303, next);
    send(response, signInPage({ next }));
  });

  routes.post(
    '/sign-in',
    rateLimit({
      windowMs: MINUTE_MS,
      limit: WRONG_PER_MINUTE,
      skipSuccessfulRequests: true,
      standardHeaders: 'draft-7',
      legacyHeaders: false,
      // The address counted is the one that connects, whatever a proxy or a client writes into these headers.
      validate: { xForwardedForHeader: false, forwardedHeader: false },
      handler: (request, response) => {
        logger.warn({ action: 'sign-in', outcome: 'limited', address: request.ip }, 'operator');
        const problem = 'Too many attempts. Wait a minute, then try again.';
        send(response.status(429), signInPage({ next: '/', problem }));
      },
    }),
    express.urlencoded({ extended: false, limit: '4kb' }),
    (request, response) => {
      const form = Form.safeParse(request.body);
      const address = request.ip;
      if (!form.success || !fits(form.data)) {
        logger.warn({ action: 'sign-in', outcome: 'refused', address }, 'operator');
        const problem = 'This name and password do not belong together.';
        const next = pathOfOurs(form.data?.next ?? '/');
        return send(response.status(401), signInPage({ next, problem }));
      }
      logger.info({ action: 'sign-in', outcome: 'signed in', operator: operator.name, address }, 'operator');
      response.cookie(COOKIE, sessions.begin(), { ...cookieOptions(request), maxAge: SESSION_MS });
      response.redirect(303, pathOfOurs(form.data.next));
    },
  );

  routes.post('/sign-out', (request, response) => {
    sessions.end(tokenOf(request));
    response.clearCookie(COOKIE, cookieOptions(request));
    response.redirect(303, '/sign-in');
  });

  return {
    routes,
    signedIn(request, response, next) {
      if (isSignedIn(request)) return next();
      if (request.method !== 'GET' || !forPeople(request)) throw new Refusal(401, 'Sign in first, at /sign-in.');
      response.redirect(303, `/sign-in?next=${encodeURIComponent(request.originalUrl)}`);
    },
  };
}

const tokenOf = (request: Request): string =>
  new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';

/** `Secure` where the browser came by HTTPS, which only the proxy in front of us knows. */
const cookieOptions = (request: Request): CookieOptions => ({
  httpOnly: true,
  sameSite: 'strict',
  path: '/',
  secure: request.headers['x-forwarded-proto'] === 'https',
});

/** Where to go after signing in: never to another site, whatever a link says. */
function pathOfOurs(next: string): string {
  const here = 'http://dashboard.invalid';
  if (!URL.canParse(next, here)) return '/';
  const { origin, pathname, search } = new URL(next, here);
  // A path that begins with two slashes would itself name another host.
  return origin === here && !pathname.startsWith('//') ? pathname + search : '/';
}
