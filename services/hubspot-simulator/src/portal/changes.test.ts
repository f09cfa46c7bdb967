import { describe, expect, test } from '@jest/globals';
import { createChanges } from './changes.ts';

describe('waiting for a change', () => {
  test('gives what is there already', async () => {
    expect(await createChanges().until(() => 'there')).toBe('there');
  });

  test('gives what a change brings, and looks no more afterwards', async () => {
    const changes = createChanges();
    let looks = 0;
    let found: string | undefined;
    const waiting = changes.until(() => {
      looks++;
      return found;
    });
    changes.emit();
    found = 'there';
    changes.emit();
    expect(await waiting).toBe('there');
    changes.emit();
    expect(looks).toBe(3);
  });

  test('is an error after its time, and when looking is one', async () => {
    const changes = createChanges();
    await expect(changes.until(() => false, { timeoutMs: 10 })).rejects.toThrow('within 10 ms');
    const nothing: string[] = [];
    await expect(changes.until(() => nothing[0] ?? missing('cannot look'))).rejects.toThrow('cannot look');
  });
});

function missing(why: string): never {
  throw new Error(why);
}
