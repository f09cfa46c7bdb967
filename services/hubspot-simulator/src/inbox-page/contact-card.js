import { byId, element, initials } from './element.js';

/** Who the visitor is, as far as HubSpot knows. */
export function showContact(thread) {
  byId('contact').hidden = thread === undefined;
  if (!thread) return;
  const { contact, identifier, visitorId, integrationThreadId } = thread;
  const given = (type) => (identifier.type === type ? identifier.value : undefined);
  const name = contact?.name || thread.name;
  const facts = [
    ['Email', contact ? contact.email : given('HS_EMAIL_ADDRESS')],
    ['Phone', contact ? contact.phone : given('HS_PHONE_NUMBER')],
    ['Company', contact?.company],
    contact ? ['Contact', contact.id, 'id'] : ['Visitor', visitorId, 'id'],
    ['Thread', thread.id, 'id'],
    ['Handoff', integrationThreadId, 'id'],
  ].filter(([, value]) => value);
  const card = [
    element(
      'div',
      { class: 'contact-head' },
      element('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(name)),
      element(
        'div',
        {},
        element('p', { class: 'contact-name' }, element('bdi', {}, name)),
        element('p', { class: 'contact-kind' }, contact ? `Known by ${BY[identifier.type]}` : 'Not a contact yet'),
      ),
    ),
    element(
      'dl',
      { class: 'facts' },
      ...facts.flatMap(([term, value, kind]) => [
        element('dt', {}, term),
        element('dd', { class: kind ?? '', ...(kind && { title: value }) }, element('bdi', {}, value)),
      ]),
    ),
  ];
  byId('contact-body').replaceChildren(...card);
}

const BY = {
  HS_EMAIL_ADDRESS: 'email address',
  HS_PHONE_NUMBER: 'phone number',
  CHANNEL_SPECIFIC_OPAQUE_ID: 'the hand of an agent',
  HS_SHORT_CODE: 'short code',
};
