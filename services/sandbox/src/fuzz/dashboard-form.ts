import { randomInt } from 'node:crypto';
import { OWN } from './arbitraries/form.ts';
import type { Doors } from './doors.ts';
import { demand, sound } from './invariants.ts';
import { type Answer, ask } from './raw-request.ts';

export interface Form {
  readonly method?: string;
  readonly target: string;
  readonly body: string;
  readonly contentType: string;
  readonly encoding: string;
  readonly origin: string;
  readonly session?: string;
}

/** Sends the dashboard a form, and sees to what holds for each of its answers. */
export async function submit(doors: Doors, form: Form): Promise<Answer> {
  const { method = 'POST', target, body, contentType, encoding, origin, session } = form;
  const headers = [
    ['content-type', contentType],
    ['content-encoding', encoding],
    ['origin', origin === OWN ? doors.dashboardUrl : origin],
    ['accept', 'text/html'],
    ...(session === undefined ? [] : [['cookie', session] as const]),
  ] as const;
  const request = { method, target, headers, body: method === 'GET' ? undefined : Buffer.from(body) };
  const answer = await ask(doors.dashboardUrl, request, { from: anyAddress() });
  sound(answer, doors.secrets);
  isPage(doors, answer);
  return answer;
}

/** The cookie of an operator who signs in. */
export async function sessionOf(doors: Doors): Promise<string> {
  const body = new URLSearchParams({ name: 'operator', password: doors.setting('DASHBOARD_PASSWORD') }).toString();
  const contentType = 'application/x-www-form-urlencoded';
  const { headers } = await submit(doors, { target: '/sign-in', body, contentType, encoding: 'identity', origin: OWN });
  return headers['set-cookie']?.split(';')[0] ?? '';
}

/** Wrong passwords are counted by the address they come from, so each comes from another one of this machine's. */
const anyAddress = () => `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;

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
