import { z } from 'zod';

/** What the queues' messages have in common: one of these says what it is, and some hold words. */
const Known = z.object({
  type: z.string().optional(),
  kind: z.string().optional(),
  status: z.string().optional(),
  text: z.string().optional(),
  data: z.object({ text: z.string().optional() }).optional(),
});

/** A message for an operator's eyes: what it is, its words if it has any, and all of it. */
export function messageWords(message: unknown): { what: string; text: string | undefined; whole: string } {
  const { type, kind, status, text, data } = Known.safeParse(message).data ?? {};
  return {
    what: type ?? kind ?? status ?? 'of an unknown kind',
    text: text ?? data?.text,
    whole: JSON.stringify(message, null, 2) ?? '',
  };
}
