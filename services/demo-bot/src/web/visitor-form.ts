import { z } from 'zod';

const emptyAsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const withoutSpaces = (value: unknown) => (typeof value === 'string' ? value.replace(/[\s().-]/g, '') : value);

/** The small form before a handoff; all of it may stay empty. Parley wants phone numbers in international form, people type them with spaces. */
export const VisitorForm = z.object({
  name: z.preprocess(emptyAsAbsent, z.string().trim().max(200, 'That is a very long name').optional()),
  email: z.preprocess(emptyAsAbsent, z.email('This does not look like an email address').max(254).optional()),
  phone: z.preprocess(
    (value) => emptyAsAbsent(withoutSpaces(value)),
    z.e164('Start with the country code, like +1 500 555 0006').optional(),
  ),
});
