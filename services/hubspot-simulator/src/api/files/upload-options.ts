import { z } from 'zod';
import { invalid, parseBody } from '../errors.ts';

const Options = z.strictObject({
  access: z.enum([
    'PRIVATE',
    'PUBLIC_INDEXABLE',
    'PUBLIC_NOT_INDEXABLE',
    'HIDDEN_PRIVATE',
    'HIDDEN_INDEXABLE',
    'HIDDEN_NOT_INDEXABLE',
    'HIDDEN_SENSITIVE',
    'SENSITIVE',
  ]),
  ttl: z.string().optional(),
  overwrite: z.boolean().default(false),
  duplicateValidationStrategy: z.enum(['NONE', 'REJECT', 'RETURN_EXISTING']).default('NONE'),
  duplicateValidationScope: z.enum(['ENTIRE_PORTAL', 'EXACT_FOLDER']).default('ENTIRE_PORTAL'),
});
export type UploadOptions = Omit<z.infer<typeof Options>, 'ttl'> & { readonly ttlMs: number | undefined };

/** The JSON in the field `options`, or the refusal that says what is wrong with it. */
export function readOptions(text: string | undefined): UploadOptions {
  if (text === undefined) throw invalid({ message: 'Some required fields were not set: [options]', in: 'options' });
  const { ttl, ...options } = parseBody(Options, parsed(text));
  return { ...options, ttlMs: ttl === undefined ? undefined : readTtl(ttl) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid({ message: `options is not JSON: ${error instanceof Error ? error.message : ''}`, in: 'options' });
  }
}

const DAY_MS = 86_400_000;
const DAYS = { Y: 365, M: 30, W: 7, D: 1 } as const;
const Period = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

/** An ISO 8601 period of a day to a year. */
function readTtl(ttl: string): number {
  const [, ...counts] = Period.exec(ttl) ?? [];
  const lengths = Object.values(DAYS);
  const days = counts.reduce((sum, count, index) => sum + Number(count ?? 0) * (lengths[index] ?? 0), 0);
  if (days < 1 || days > DAYS.Y)
    throw invalid({ message: `Invalid ttl "${ttl}": must be an ISO 8601 period from P1D to P1Y`, in: 'ttl' });
  return days * DAY_MS;
}
