import { describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Sandbox } from '../sandbox.ts';
import { openBrowser } from './open-browser.ts';
import { handOff, startTestSandbox } from './start.ts';

const WAIT = { timeout: 15_000 };
const PAGES = Buffer.from('the pages');

/** Opens a page and collects what a person would see in its console: nothing. */
async function open(browser: Browser, url: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

const write = async (page: Page, text: string) => {
  await page.locator('textarea:visible').fill(text);
  await page.keyboard.press('Enter');
};

async function askForPerson(page: Page): Promise<void> {
  await write(page, 'Can I talk to a person?');
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByRole('button', { name: 'Find me a person' }).click();
}

const signIn = async (page: Page, { environment }: Sandbox) => {
  await page.getByLabel('Name').fill('operator');
  await page.getByLabel('Password').fill(environment.DASHBOARD_PASSWORD ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor(WAIT);
};

describe('in a browser', () => {
  test('a visitor and an agent chat across two pages, and the visitor gets the bot back', async () => {
    await using sandbox = await startTestSandbox();
    const browser = await openBrowser();
    try {
      const chat = await open(browser, sandbox.bot.chatUrl);
      await askForPerson(chat.page);
      const inbox = await open(browser, sandbox.simulator.inboxUrl);
      await inbox.page.locator('#thread-list').getByText('Ada Lovelace').click(WAIT);
      await inbox.page.locator('#messages').getByText('Can I talk to a person?').waitFor(WAIT);

      await write(inbox.page, 'Hello Ada <b>Leslie</b> here');
      await chat.page.getByText('Hello Ada <b>Leslie</b> here').waitFor(WAIT);
      await inbox.page.locator('#messages').getByText('Read', { exact: false }).first().waitFor(WAIT);
      await write(chat.page, 'My order has not come 📦');
      await inbox.page.locator('#messages').getByText('My order has not come 📦').waitFor(WAIT);

      const files = ['invoice.pdf', 'wrong.pdf'].map((name) => ({ name, mimeType: 'application/pdf', buffer: PAGES }));
      await chat.page.getByLabel('Attach files').setInputFiles(files);
      await chat.page.getByRole('button', { name: 'Remove wrong.pdf' }).press('Enter');
      await write(chat.page, 'The invoice');
      await inbox.page.locator('#messages').getByRole('link', { name: 'invoice.pdf' }).waitFor(WAIT);
      await inbox.page.locator('#messages').getByText('The invoice').waitFor(WAIT);
      expect(sandbox.simulator.files().map(({ content }) => content)).toEqual([PAGES]);

      await inbox.page.locator('#open-or-close').click();
      await chat.page.getByText('The agent closed the chat.').waitFor(WAIT);
      expect([...chat.complaints, ...inbox.complaints]).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);

  test('the inbox marks what the visitor or the bot said since an agent answered, and no answer', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const ada = await handOff(sandbox);
    await handOff(sandbox, { name: 'Bob Marley' });
    const browser = await openBrowser();
    try {
      const { page } = await open(browser, simulator.inboxUrl);
      const row = page.locator('#thread-list').getByRole('button', { name: 'Ada Lovelace' });
      await row.getByText('New').waitFor(WAIT);
      simulator.agent.reply(ada.thread.id, 'From another browser');
      await row.getByText('From another browser').waitFor(WAIT);
      expect(await row.getByText(/New|unread/).count()).toBe(0);
      ada.visitor.say('Thank you');
      await row.getByText('unread').waitFor(WAIT);
      expect(await row.getByText('New').count()).toBe(0);
    } finally {
      await browser.close();
    }
  }, 60_000);

  test('an operator signs in, reads why a message died, and puts it back', async () => {
    await using sandbox = await startTestSandbox();
    const browser = await openBrowser();
    try {
      const chat = await open(browser, sandbox.bot.chatUrl);
      await askForPerson(chat.page);
      await chat.page.getByText('You are in the queue').waitFor(WAIT);
      sandbox.simulator.faults.answer(400, { operation: 'publish' });
      await write(chat.page, 'refused at first');
      await sandbox.until(async () => (await sandbox.letters.visitorMessages.list()).total === 1, 'the dead letter');

      const board = await open(browser, sandbox.parley.dashboardUrl);
      await signIn(board.page, sandbox);
      await board.page.goto(`${sandbox.parley.dashboardUrl}/dead-letters`);
      await board.page.getByText('HubSpot answered 400', { exact: false }).first().waitFor(WAIT);
      await board.page.getByRole('button', { name: 'Replay' }).click();
      await board.page.getByText('Back in its lane', { exact: false }).waitFor(WAIT);
      await sandbox.simulator.until(() => JSON.stringify(sandbox.simulator.threads()).includes('refused at first'));

      await board.page.goto(`${sandbox.parley.dashboardUrl}/queues`);
      await board.page.getByText('visitor-messages', { exact: false }).first().waitFor(WAIT);
      expect(board.complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);
});
