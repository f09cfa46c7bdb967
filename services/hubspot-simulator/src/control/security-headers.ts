import type { Request, Response } from 'express';

/** The page shows what strangers wrote: nothing but its own files may run or load in it. */
export function securityHeaders(_request: Request, response: Response, next: () => void): void {
  response.set({
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  next();
}
