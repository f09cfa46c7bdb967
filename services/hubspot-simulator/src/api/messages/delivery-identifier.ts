import { z } from 'zod';

const Email = z.email();
/** HubSpot asks libphonenumber, which knows the numbers of every country; here those that begin with 1 are known. */
const PHONE = /^\+(?:1[2-9]\d{2}[2-9]\d{6}|[2-9]\d{6,14})$/;

export const DeliveryIdentifier = z
  .strictObject({
    type: z.enum(['CHANNEL_SPECIFIC_OPAQUE_ID', 'HS_EMAIL_ADDRESS', 'HS_PHONE_NUMBER', 'HS_SHORT_CODE']),
    value: z.string(),
  })
  .superRefine(({ type, value }, context) => {
    const problem = problemOf(type, value);
    if (problem) context.addIssue({ code: 'custom', path: ['value'], message: problem, input: value });
  });

function problemOf(type: string, value: string): string | undefined {
  if (value.trim() === '') return 'must not be blank';
  if (type === 'HS_EMAIL_ADDRESS' && !Email.safeParse(value).success) return 'is not a valid email address';
  if (type === 'HS_PHONE_NUMBER' && !PHONE.test(value)) return 'is not a valid phone number in E.164 format';
  return undefined;
}
