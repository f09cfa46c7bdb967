import { z } from 'zod';

const emptyAsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const withoutSpaces = (value: unknown) => (typeof value === 'string' ? value.replace(/[\s().-]/g, '') : value);

/** The small form before a handoff. Parley wants phone numbers in international form, people type them with spaces. */
export const VisitorForm = z.object({
  name: z
    .string('Please tell us your name')
    .trim()
    .min(1, 'Please tell us your name')
    .max(200, 'That is a very long name'),
  email: z.preprocess(emptyAsAbsent, z.email('This does not look like an email address').max(254).optional()),
  phone: z.preprocess(
    (value) => emptyAsAbsent(withoutSpaces(value)),
    z.e164('Start with the country code, like +1 500 555 0006').optional(),
  ),
});
