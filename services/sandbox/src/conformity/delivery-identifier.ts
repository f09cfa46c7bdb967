import { z } from 'zod';

export const IDENTIFIER_TYPES = [
  'CHANNEL_SPECIFIC_OPAQUE_ID',
  'HS_EMAIL_ADDRESS',
  'HS_PHONE_NUMBER',
  'HS_SHORT_CODE',
] as const;

export const DeliveryIdentifier = z.strictObject({ type: z.enum(IDENTIFIER_TYPES), value: z.string().min(1) });
