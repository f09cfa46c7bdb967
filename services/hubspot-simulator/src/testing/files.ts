import type { Answered, setup } from './setup.ts';
import { TOKEN } from './setup.ts';

/** A picture of one dot. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

type Simulated = Awaited<ReturnType<typeof setup>>;

/** Uploads a private picture; a field given as undefined is left out. */
export async function upload(
  it: Pick<Simulated, 'hubspot'>,
  fields: Record<string, string | Blob | undefined> = {},
): Promise<Answered> {
  const form = new FormData();
  const given = {
    file: new File([PNG], 'dot.png', { type: 'image/png' }),
    options: JSON.stringify({ access: 'PRIVATE' }),
    folderPath: '/parley',
    ...fields,
  };
  for (const [name, value] of Object.entries(given)) if (value !== undefined) form.set(name, value);
  const response = await fetch(`${it.hubspot.url}/files/v3/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: form,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
