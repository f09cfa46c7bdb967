import type { RequestHandler } from 'express';
import helmet from 'helmet';

type Directives = Record<string, string[]>;

/** Our own pages hold no script at all. */
const OURS: Directives = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** bull-board is an application of scripts; its page has a base, a style element and style attributes. */
const BOARD: Directives = {
  ...OURS,
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'self'"],
};

const headers = (directives: Directives): RequestHandler =>
  helmet({
    // The defaults would add `upgrade-insecure-requests`, which breaks a dashboard that is served over plain HTTP.
    contentSecurityPolicy: { useDefaults: false, directives },
    // Under `no-referrer` browsers send `Origin: null` with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    // Whoever terminates TLS in front of us decides this for the whole host.
    strictTransportSecurity: false,
  });

const ownHeaders = headers(OURS);

/** What the pages show is for nobody's cache. */
export const pageHeaders: RequestHandler = (request, response, next) => {
  response.set('cache-control', 'no-store');
  ownHeaders(request, response, next);
};

export const boardHeaders = headers(BOARD);
