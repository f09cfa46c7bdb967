import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/**
 * Encrypts what lies in Redis, by AES-256-GCM with a fresh nonce each time. `purpose` is bound to the text, so that one sealed
 * value cannot be put in another's place.
 */
export interface Seal {
  readonly seal: (text: string, purpose: string) => string;
  /** Throws when the text was changed, moved to another purpose, or sealed by a key that is not in the list any more. */
  readonly open: (sealed: string, purpose: string) => string;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const Key = z
  .string()
  .regex(
    /^[A-Za-z0-9+/]{43}=$/,
    'must be the base64 of 32 random bytes, or several separated by commas: `openssl rand -base64 32`',
  )
  .transform((text) => Buffer.from(text, 'base64'));

/** Keys, newest first. To change the key, put the new one in front; drop the old one when everything was sealed anew. */
export const SealKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .pipe(z.array(Key).min(1));

/** Seals with the first key, opens with whichever key sealed. */
export function createSeal(keys: readonly Buffer[]): Seal {
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  const [newest] = keys;
  if (newest?.length !== KEY_BYTES) throw new Error(`a seal needs a key of ${KEY_BYTES} bytes`);

  return {
    seal(text, purpose) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest, nonce).setAAD(Buffer.from(purpose));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${idOf(newest)}.${sealed.toString('base64url')}`;
    },

    open(sealed, purpose) {
      const [id = '', body = ''] = sealed.split('.');
      const key = byId.get(id);
      if (!key) throw new Error(`the key ${id} that sealed ${purpose} is not in the list of keys`);
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES)).setAAD(
        Buffer.from(purpose),
      );
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

/** Names a key without telling it. */
const idOf = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, 8);
