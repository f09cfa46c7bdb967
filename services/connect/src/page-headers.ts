import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Our pages hold no script. `formAction`: where their forms may lead, redirects with them. */
export const pageHeaders = ({ formAction }: { formAction: readonly string[] }): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'img-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': [...formAction],
        'frame-ancestors': ["'none'"],
      },
    },
    // Addresses of these pages hold codes and tokens.
    referrerPolicy: { policy: 'no-referrer' },
    // HubSpot opens a page in a window of its own, and loses sight of it under any other policy.
    crossOriginOpenerPolicy: { policy: 'unsafe-none' },
  });
