import { SIGNED } from '@parley/ingress/testing/hubspot';
import type { Doors } from './doors.ts';
import type { RawRequest } from './raw-request.ts';

/** The request with HubSpot's signature of now over it; `body` where what is signed is not what travels, as with chunks. */
export function signed({ setting }: Doors, request: RawRequest, body = request.body ?? Buffer.alloc(0)): RawRequest {
  const url = setting('PUBLIC_URL') + request.target;
  const signature = SIGNED.v3({ clientSecret: setting('HUBSPOT_CLIENT_SECRET'), url, body, at: Date.now() });
  return { ...request, headers: [...Object.entries(signature), ...request.headers] };
}
