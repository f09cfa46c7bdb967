import fc from 'fast-check';
import { fields, parameter, postage, rarely } from '../arbitraries/form.ts';
import { headerValue } from '../arbitraries/headers.ts';
import { sessionOf, submit } from '../dashboard-form.ts';
import type { Doors } from '../doors.ts';
import { demand } from '../invariants.ts';
import { type Property, property } from './property.ts';

const LETTER = 'dead-0123456789abcdef-1';

const queue = rarely(
  'visitor-messages',
  fc.oneof(fc.constantFrom('agent-messages', 'delivery-reports', 'wait', '__proto__'), parameter),
);
const id = fc.oneof(
  fc.constantFrom(LETTER, 'dead-0123456789abcdef-2'),
  fc.constantFrom(
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
    `${LETTER}:lock`,
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

/** What a signed-in operator's browser may be made to send to the pages about dead letters. */
export async function operatorForms(doors: Doors): Promise<Property> {
  const cookie = await sessionOf(doors);
  await doors.kept.plantDeadLetter(LETTER);
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
    ...postage,
    session: rarely(cookie, headerValue),
  });
  return property(input, async (form) => {
    const answer = await submit(doors, form);
    if ((await doors.kept.take('visitor-messages')).size > 0) await doors.kept.plantDeadLetter(LETTER);
    demand(form.session === cookie || !answer.text.includes('class="who"'), 'a stranger saw a page of the operators');
    return answer.status;
  });
}
