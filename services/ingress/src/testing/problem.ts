import { z } from 'zod';

const ProblemJson = z.object({
  type: z.string().startsWith('urn:parley:problem:'),
  title: z.string().min(1),
  status: z.number(),
  detail: z.string().min(1),
  errors: z.array(z.object({ path: z.string(), problem: z.string().min(1) })).optional(),
});

/** Reads an answer that must be an RFC 9457 problem of this status; throws when it is anything else. */
export async function problemOf(response: Response, status: number): Promise<z.infer<typeof ProblemJson>> {
  const type = response.headers.get('content-type');
  const text = await response.text();
  if (response.status !== status || !type?.startsWith('application/problem+json'))
    throw new Error(`expected a problem ${status}, not ${response.status} ${type}: ${text}`);
  return ProblemJson.extend({ status: z.literal(status) }).parse(JSON.parse(text));
}
