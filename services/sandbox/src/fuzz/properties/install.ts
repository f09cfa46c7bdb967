import fc from 'fast-check';
import { parameter, rarely } from '../arbitraries/form.ts';
import { headerValue } from '../arbitraries/headers.ts';
import type { Doors } from '../doors.ts';
import { demand, sound } from '../invariants.ts';
import { type Answer, ask } from '../raw-request.ts';
import { type Property, property } from './property.ts';

/** Where a consent that a browser began comes back to, with whatever somebody wrote into the address and the cookies. */
export function oauthCallback(doors: Doors): Property {
  const input = fc.record({
    code: rarely('granted', fc.oneof(parameter, fc.constant('absent'))),
    state: rarely('begun', fc.oneof(parameter, fc.constant('absent'))),
    cookie: rarely('begun', fc.oneof(headerValue, fc.constant('absent'))),
    more: fc.array(
      fc.tuple(
        fc.oneof(
          fc.constantFrom('state', 'code', 'error', 'error_description', '__proto__', 'state[]', 'a[b][c]'),
          parameter,
        ),
        parameter,
      ),
      { maxLength: 2 },
    ),
    method: rarely('GET', fc.constantFrom('HEAD', 'POST', 'OPTIONS')),
  });

  return property(input, async ({ code, state, cookie, more, method }) => {
    const begun = await begin(doors);
    const own = [
      ...(state === 'absent' ? [] : [['state', state === 'begun' ? begun.state : state]]),
      ...(code === 'absent' ? [] : [['code', code === 'granted' ? begun.code : code]]),
    ];
    const query = [...own, ...more].map((pair) => pair.join('=')).join('&');
    const headers = cookie === 'absent' ? [] : [['cookie', cookie === 'begun' ? begun.cookie : cookie] as const];
    const answer = await ask(doors.connectUrl, { method, target: `/oauth/callback?${query}`, headers });
    sound(answer, [...doors.secrets, begun.state, begun.code, begun.cookie]);
    isPage(answer, method);
    const installed = await doors.takeInstall();
    if (installed) doors.administrator.uninstall(doors.ids.portalId);
    demand(
      installed === (answer.status === 200 && method !== 'OPTIONS'),
      `answered ${answer.status}, and the install is ${installed ? 'kept' : 'not kept'}`,
    );
    const right =
      code === 'granted' && state === 'begun' && cookie === 'begun' && more.length === 0 && method === 'GET';
    demand(!right || installed, `an honest install was refused: ${answer.text}`);
    demand(
      !installed || (code === 'granted' && state === 'begun' && cookie === 'begun'),
      'an install that was not begun here',
    );
    return answer.status;
  });
}

/** What a browser has when HubSpot sends it back. */
export async function begin({ connectUrl, administrator, ids }: Doors) {
  const { headers } = await ask(connectUrl, { method: 'GET', target: '/install', headers: [] });
  const back = new URL(administrator.consent(headers.location ?? '', { portalId: ids.portalId }));
  return {
    state: back.searchParams.get('state') ?? '',
    code: back.searchParams.get('code') ?? '',
    cookie: headers['set-cookie']?.split(';')[0] ?? '',
  };
}

/** Every other address of the pages. */
export function connectPages(doors: Doors): Property {
  const path = fc.oneof(
    fc.constantFrom(
      '/install',
      '/',
      '/assets/connect.css',
      '/assets/../page.ts',
      '/assets/%2e%2e/page.ts',
      '/assets/%00',
      '/assets/%ff',
      '/assets',
      '//evil.example/%2e%2e',
      '/%ff',
      '/oauth',
      '/install/',
      '*',
      'http://evil.example/install',
      '/oauth/callback?%',
    ),
    fc.array(parameter, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
  );
  const input = fc.record({
    path,
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'),
    accept: headerValue,
  });

  return property(input, async ({ path: target, method, accept }) => {
    const answer = await ask(doors.connectUrl, { method, target, headers: [['accept', accept]] });
    sound(answer, doors.secrets);
    if (answer.status >= 400) isPage(answer, method);
    return answer.status;
  });
}

/** A page of ours, with nothing in it that came in and could be run. */
export function isPage({ status, headers, text }: Answer, method: string): void {
  if (
    method === 'HEAD' ||
    method === 'OPTIONS' ||
    status === 303 ||
    (text === '' && headers['content-type'] === undefined)
  )
    return;
  demand(
    headers['content-type'] === 'text/html; charset=utf-8' && text.includes('<main class="card'),
    `a ${status} that is no page: ${text.slice(0, 200)}`,
  );
  demand(!/<script|<img/.test(text), 'the page repeats markup');
}
