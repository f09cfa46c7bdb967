import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { setup } from '../testing/setup.ts';

const sources = async (ending: string) => {
  const names = (await readdir(new URL('.', import.meta.url))).filter((name) => name.endsWith(ending));
  return Promise.all(names.map((name) => readFile(new URL(name, import.meta.url), 'utf8')));
};

describe('the chat page', () => {
  test('lets the browser run no script but its own files', async () => {
    await using parts = await setup();
    const response = await fetch(parts.bot.chatUrl);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'"]),
    );
    expect(await response.text()).not.toMatch(/<script>|\son\w+=|\sstyle=/);
  });

  test('shows words as text, never as HTML', async () => {
    const scripts = await sources('.js');
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTMLUnsafe|DOMParser/);
    }
  });

  test('loads nothing from elsewhere', async () => {
    for (const source of [...(await sources('.html')), ...(await sources('.css')), ...(await sources('.js'))]) {
      expect(source).not.toMatch(/(?:src|href)="(?:https?:)?\/\/|url\(|@import/);
    }
  });
});
