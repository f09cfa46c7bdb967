import type { RequestHandler } from 'express';
import helmet from 'helmet';

const OURS = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

const headers = (directives: typeof OURS): RequestHandler =>
  helmet({
    // The defaults would add `upgrade-insecure-requests`, which breaks a dashboard that is served over plain HTTP.
    contentSecurityPolicy: { useDefaults: false, directives },
    // Under `no-referrer` browsers send `Origin: null` with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    // Whoever terminates TLS in front of us decides this for the whole host.
    strictTransportSecurity: false,
  });

const ownHeaders = headers(OURS);

/** For our own pages, which hold no script at all; what they show is for nobody's cache. */
export const pageHeaders: RequestHandler = (request, response, next) => {
  response.set('cache-control', 'no-store');
  ownHeaders(request, response, next);
};

/** bull-board sets style attributes and has a style element in its page. */
export const boardHeaders = headers({ ...OURS, 'style-src': ["'self'", "'unsafe-inline'"] });
