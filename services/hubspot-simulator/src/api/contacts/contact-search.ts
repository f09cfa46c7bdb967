import { z } from 'zod';
import type { Contact, Portal } from '../../portal/portal.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { invalid, parseBody } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { shownProperties, view } from './contacts.ts';

const OPERATORS = {
  EQ: (value, { given }) => value === given,
  NEQ: (value, { given }) => value !== given,
  IN: (value, { list }) => list.includes(value),
  NOT_IN: (value, { list }) => !list.includes(value),
  HAS_PROPERTY: (value) => value !== '',
  NOT_HAS_PROPERTY: (value) => value === '',
  CONTAINS_TOKEN: (value, { given }) => value.split(/[\s@.]+/).includes(given.replaceAll('*', '')),
} as const satisfies Record<string, (value: string, wanted: { given: string; list: readonly string[] }) => boolean>;

const Filter = z.strictObject({
  propertyName: z.string(),
  operator: z.enum(['EQ', 'NEQ', 'IN', 'NOT_IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY', 'CONTAINS_TOKEN']),
  value: z.string().optional(),
  values: z.array(z.string()).optional(),
});
type Filter = z.infer<typeof Filter>;

const Search = z.strictObject({
  filterGroups: z.array(z.strictObject({ filters: z.array(Filter).min(1).max(6) })).max(6),
  properties: z.array(z.string()),
  sorts: z.array(z.string()),
  limit: z.int().min(1).max(200),
  after: z.string(),
  query: z.string().optional(),
});
const LongestBody = 3_000;

/**
 * POST search, by the operators that this simulator plays. What was changed a moment ago is not found yet when the setting says so, which
 * is why a search cannot tell whether a contact is there.
 */
export const searchContacts: Handler = (portal, { body }) => {
  if (JSON.stringify(body).length > LongestBody)
    throw invalid({ message: `The request body is longer than ${LongestBody} characters` });
  const asked = parseBody(portal.settings.validation === 'strict' ? Search : Search.partial(), body);
  const { filterGroups = [], properties = [], limit = 10, after } = asked;
  const found = [...portal.contacts.values()].filter(
    (contact) =>
      isIndexed(portal, contact) &&
      (filterGroups.length === 0 ||
        filterGroups.some(({ filters }) => filters.every((filter) => matches(contact, filter)))),
  );
  const { results, ...page } = pageOf(found, { limit, after: after === '' || after === '0' ? undefined : after });
  return ok({
    total: found.length,
    results: results.map((contact) => ({ ...view(contact), properties: shownProperties(contact, properties) })),
    ...page,
  });
};

const isIndexed = ({ settings }: Portal, { updatedAt }: Contact) =>
  Date.parse(updatedAt) + settings.searchLagMs <= Date.now();

function matches({ properties }: Contact, { propertyName, operator, value = '', values = [] }: Filter): boolean {
  const held =
    propertyName === 'hs_searchable_calculated_phone_number'
      ? searchablePhone(properties.phone)
      : properties[propertyName];
  const wanted = { given: value.toLowerCase(), list: values.map((one) => one.toLowerCase()) };
  return OPERATORS[operator]((held ?? '').toLowerCase(), wanted);
}

/** HubSpot keeps the digits of a phone number without its country's for searching; here the last ten. */
const searchablePhone = (phone = '') => phone.replace(/\D/g, '').slice(-10);
