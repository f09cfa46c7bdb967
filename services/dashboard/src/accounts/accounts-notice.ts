import { type Html, html } from '@parley/shared/http/html';
import { counted } from '../page/words.ts';
import { isWrittenInto, type Standing, standsStill } from './standing.ts';

/** A line when something of the accounts waits for a person. */
export function accountsNotice({ claimed, unclaimed, lapsed }: Standing): Html | undefined {
  const waiting = [
    { count: lapsed.length, what: 'portal', how: 'without consent' },
    { count: claimed.filter(standsStill).length, what: 'channel account', how: 'that HubSpot does not serve' },
    {
      count: unclaimed.filter(isWrittenInto).length,
      what: 'channel account',
      how: 'that agents write into and no bot has',
    },
  ].flatMap(({ count, what, how }) => (count > 0 ? [`${counted(count, what)} ${how}`] : []));
  if (waiting.length === 0) return undefined;
  return html`<p class="notice bad" role="status"><a href="/accounts">Accounts</a> need a person: ${waiting.join(', ')}.</p>`;
}
