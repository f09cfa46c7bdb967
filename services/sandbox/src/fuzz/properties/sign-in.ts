import fc from 'fast-check';
import { fields, parameter, postage, rarely } from '../arbitraries/form.ts';
import { submit } from '../dashboard-form.ts';
import type { Doors } from '../doors.ts';
import { demand } from '../invariants.ts';
import { type Property, property } from './property.ts';

/** What a stranger's browser may be made to send to where operators sign in and out. */
export function signIn(doors: Doors): Property {
  const password = encodeURIComponent(doors.setting('DASHBOARD_PASSWORD'));
  const input = fc.record({
    target: fc.constantFrom('/sign-in', '/sign-in', '/sign-in', '/sign-out'),
    body: fields({ name: rarely('operator', parameter), password: rarely(password, parameter), next: parameter }),
    ...postage,
  });
  return property(input, async (form) => {
    const answer = await submit(doors, form);
    const cookie = answer.headers['set-cookie'];
    if (form.target === '/sign-out') return answer.status;
    demand((cookie !== undefined) === (answer.status === 303), `answered ${answer.status} with the cookie ${cookie}`);
    const given = new URLSearchParams(form.body);
    demand(
      cookie === undefined ||
        (given.getAll('password').join() === doors.setting('DASHBOARD_PASSWORD') &&
          given.getAll('name').join() === 'operator'),
      'a stranger was signed in',
    );
    return answer.status;
  });
}
