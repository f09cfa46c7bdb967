import { type Html, html } from '@parley/shared/http/html';
import type { PortalPause } from '@parley/shared/hubspot/rate-budget';
import { time } from '../page/words.ts';

/** A line for each portal of which HubSpot wants nothing now. */
export const pausesNotice = (pauses: readonly PortalPause[], now: number): readonly Html[] =>
  pauses.map(
    ({ portalId, until, why }) => html`
      <p class="notice bad" role="status">Portal ${portalId} waits ${until > now ? html`until ${time(until)}` : 'for the next call, which asks again'}: ${why}</p>`,
  );
