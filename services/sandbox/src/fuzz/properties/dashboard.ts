import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { hostileText } from '../arbitraries/hostile.ts';
import { headerValue } from '../arbitraries/transport.ts';
import type { Doors } from '../doors.ts';
import { demand, sound } from '../invariants.ts';
import { type Answer, ask, type RawRequest } from '../raw-request.ts';
import { type Property, property } from './property.ts';

const LETTER = 'dead-0123456789abcdef-1';
const FORM = ['content-type', 'application/x-www-form-urlencoded'] as const;
const parameter = hostileText.map((text) => encodeURIComponent(text.toWellFormed().slice(0, 1_500)));
const rarely = <T>(usual: T, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });

/** A form's fields as they travel: those that are asked for, and whatever else. */
const fields = (own: Record<string, fc.Arbitrary<string>>) =>
  fc
    .tuple(
      fc.record(own, { requiredKeys: [] }),
      fc.array(fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(own), '__proto__', 'a[b]'), parameter), parameter), {
        maxLength: 2,
      }),
    )
    .map(([named, more]) => [...Object.entries(named), ...more].map((pair) => pair.join('=')).join('&'));

const contentType = rarely<string>(
  FORM[1],
  fc.oneof(
    fc.constantFrom(
      'application/json',
      'application/x-www-form-urlencoded; charset=utf-7',
      'application/x-www-form-urlencoded; charset=iso-8859-1',
      '',
    ),
    headerValue,
  ),
);
const encoding = rarely('identity', fc.constantFrom('gzip', 'br', 'deflate', 'nonsense'));
const origin = rarely('own', fc.oneof(fc.constantFrom('null', 'http://evil.example', ''), headerValue));

/** Wrong passwords are counted by the address they come from, so each comes from another one of this machine's. */
const anyAddress = () => `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;

const post = (
  doors: Doors,
  target: string,
  parts: { body: string; contentType: string; encoding: string; origin: string },
): RawRequest => ({
  method: 'POST',
  target,
  headers: [
    ['content-type', parts.contentType],
    ['content-encoding', parts.encoding],
    ['origin', parts.origin === 'own' ? doors.dashboardUrl : parts.origin],
    ['accept', 'text/html'],
  ],
  body: Buffer.from(parts.body),
});

export function signIn(doors: Doors): Property {
  const password = encodeURIComponent(doors.setting('DASHBOARD_PASSWORD'));
  const input = fc.record({
    target: fc.constantFrom('/sign-in', '/sign-in', '/sign-in', '/sign-out'),
    body: fields({ name: rarely('operator', parameter), password: rarely(password, parameter), next: parameter }),
    contentType,
    encoding,
    origin,
  });
  return property(input, async ({ target, ...parts }) => {
    const answer = await ask(doors.dashboardUrl, post(doors, target, parts), { from: anyAddress() });
    sound(answer, doors.secrets);
    isPage(doors, answer);
    const cookie = answer.headers['set-cookie'];
    if (target === '/sign-out') return answer.status;
    demand((cookie !== undefined) === (answer.status === 303), `answered ${answer.status} with the cookie ${cookie}`);
    const form = new URLSearchParams(parts.body);
    demand(
      cookie === undefined ||
        (form.getAll('password').join() === doors.setting('DASHBOARD_PASSWORD') &&
          form.getAll('name').join() === 'operator'),
      'a stranger was signed in',
    );
    return answer.status;
  });
}

/** What a signed-in operator's browser may be made to send to the pages about dead letters. */
export async function operatorForms(doors: Doors): Promise<Property> {
  const body = new URLSearchParams({ name: 'operator', password: doors.setting('DASHBOARD_PASSWORD') }).toString();
  const signedIn = await ask(
    doors.dashboardUrl,
    post(doors, '/sign-in', { body, contentType: FORM[1], encoding: 'identity', origin: 'own' }),
  );
  const cookie = signedIn.headers['set-cookie']?.split(';')[0] ?? '';
  await doors.kept.plantDeadLetter(LETTER);
  const queue = rarely(
    'visitor-messages',
    fc.oneof(fc.constantFrom('agent-messages', 'delivery-reports', 'wait', '__proto__'), parameter),
  );
  const id = fc.oneof(
    fc.constantFrom(
      'dead-0123456789abcdef-1',
      'wait',
      'meta',
      'id',
      'events',
      'completed',
      'stalled-check',
      '0',
      '1',
      '-1',
      '%2e%2e',
      'dead-0123456789abcdef-1:lock',
    ),
    parameter,
  );
  const act = fc
    .tuple(queue, id, fc.constantFrom('replay', 'discard', 'discard?page=0', 'discard?page=1e9', 'replay/', 'nothing'))
    .map((parts) => `/dead-letters/${parts.join('/')}`);
  const look = fields({
    queue,
    page: fc.oneof(fc.constantFrom('0', '-1', '1e9', '1e400', '0x10', ' 1 '), parameter),
    outcome: fc.oneof(fc.constantFrom('replayed', 'gone', 'discarded'), parameter),
    later: parameter,
  }).map((query) => `/dead-letters?${query}`);
  const input = fc.record({
    target: fc.oneof(
      act,
      look,
      fc.constantFrom(
        '/',
        '/sign-in?next=//evil.example',
        '/assets/%00',
        '/assets/..%2fapp.ts',
        '/%ff',
        '/dead-letters/%ff/x/replay',
      ),
    ),
    method: fc.constantFrom('POST', 'GET'),
    body: fields({ reason: parameter }),
    contentType,
    encoding,
    origin,
    session: rarely(cookie, headerValue),
  });
  return property(input, async ({ target, method, session, ...parts }) => {
    const request = post(doors, target, parts);
    const answer = await ask(doors.dashboardUrl, {
      ...request,
      method,
      headers: [...request.headers, ['cookie', session]],
      body: method === 'GET' ? undefined : request.body,
    });
    sound(answer, doors.secrets);
    isPage(doors, answer);
    if ((await doors.kept.take('visitor-messages')).size > 0) await doors.kept.plantDeadLetter(LETTER);
    demand(session === cookie || !answer.text.includes('class="who"'), 'a stranger saw a page of the operators');
    return answer.status;
  });
}

function isPage({ dashboardUrl }: Doors, { status, headers, text }: Answer): void {
  const { location } = headers;
  if (location !== undefined) demand(new URL(location, dashboardUrl).origin === dashboardUrl, `led to ${location}`);
  if (status < 400 || text === '') return;
  demand(
    headers['content-type'] === 'text/html; charset=utf-8' && text.includes('<main class='),
    `a ${status} that is no page: ${text.slice(0, 200)}`,
  );
  demand(!/<script|<img src=x/.test(text), 'the page repeats markup');
}
