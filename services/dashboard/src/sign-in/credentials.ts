import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Operator } from '../app.ts';

/** Compares name and password in a time that tells nothing of either, not even their lengths. */
export function createCredentialCheck(operator: Operator): (given: Operator) => boolean {
  const key = randomBytes(32);
  const digest = (text: string) => createHmac('sha256', key).update(text).digest();
  const [name, password] = [digest(operator.name), digest(operator.password)];

  return (given) => {
    const nameFits = timingSafeEqual(digest(given.name), name);
    const passwordFits = timingSafeEqual(digest(given.password), password);
    return nameFits && passwordFits;
  };
}
