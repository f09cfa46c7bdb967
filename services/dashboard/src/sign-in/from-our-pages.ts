import type { RequestHandler } from 'express';
import { Refusal } from '../page/problem.ts';

/**
 * Refuses a form that another site posts with the operator's browser. Cookies do not tell ports of one host apart, so
 * `SameSite` alone would let any other page of this host in. Browsers that know `Sec-Fetch-Site` send it to HTTPS and to
 * localhost only; elsewhere `Origin` decides, and every browser sends that with a POST.
 */
export const fromOurPages: RequestHandler = (request, _response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') return next();
  const site = request.headers['sec-fetch-site'];
  const ours = site === undefined ? hostOf(request.headers.origin) === request.headers.host : site === 'same-origin';
  next(ours ? undefined : new Refusal(403, 'This form came from another site, so nothing was done.'));
};

const hostOf = (origin: string | undefined): string =>
  origin !== undefined && URL.canParse(origin) ? new URL(origin).host : '';
