import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, CHANNEL, incoming, setup, startReceiver } from '../../testing/setup.ts';

const ACCOUNTS = `/conversations/custom-channels/2026-03/${CHANNEL}/channel-accounts`;
const CONVERSATIONS = '/conversations/v3/conversations';
const deliveryIdentifier = { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'second' };
const second = { inboxId: '481939', name: 'Second bot', authorized: true, deliveryIdentifier };

/** A simulator and a bridge that hears its webhooks. */
async function connected() {
  const parts = new AsyncDisposableStack();
  const bridge = parts.use(await startReceiver());
  const it = parts.use(await setup(bridge.addresses));
  const heard = async () => {
    await it.hubspot.webhooks.settled();
    return bridge.at('/channel').map(({ body }) => body);
  };
  return { ...it, heard, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

describe('a channel account', () => {
  test('is made, listed, renamed and switched by the app, and the channel hears of it', async () => {
    await using it = await connected();
    const made = await it.call('POST', ACCOUNTS, second);
    expect(made).toMatchObject({ status: 201, body: { ...second, channelId: CHANNEL, active: true, archived: false } });
    const { id } = made.body;
    expect((await it.call('GET', `${ACCOUNTS}/${id}`)).body).toEqual(made.body);
    const patched = await it.call('PATCH', `${ACCOUNTS}/${id}`, { authorized: false, inboxId: '1' });
    expect(patched.body).toMatchObject({ authorized: false, inboxId: '481939' });
    it.hubspot.administrator.purgeAccount(id);
    expect((await it.call('GET', `${ACCOUNTS}/${id}`)).status).toBe(404);
    const common = { portalId: '48448169', channelId: CHANNEL, channelAccountId: id };
    expect(await it.heard()).toMatchObject([
      { ...common, type: 'CHANNEL_ACCOUNT_CREATED', channelAccountDeliveryIdentifier: deliveryIdentifier },
      { ...common, type: 'CHANNEL_ACCOUNT_UPDATED' },
      { ...common, type: 'CHANNEL_ACCOUNT_PURGED' },
    ]);
  });

  test('is listed in pages, and by its identifier', async () => {
    await using it = await setup();
    const { id } = (await it.call('POST', ACCOUNTS, second)).body;
    const { body: page } = await it.call('GET', `${ACCOUNTS}?limit=1`);
    expect(page).toMatchObject({ total: 2, results: [{ id: ACCOUNT }] });
    const rest = await it.call('GET', `${ACCOUNTS}?limit=1&after=${page.paging.next.after}`);
    expect(rest.body.results).toMatchObject([{ id }]);
    const by = `deliveryIdentifierType=${deliveryIdentifier.type}&deliveryIdentifierValue=second`;
    expect((await it.call('GET', `${ACCOUNTS}?${by}`)).body.results).toMatchObject([{ id }]);
    it.hubspot.administrator.archiveAccount(id);
    expect((await it.call('GET', ACCOUNTS)).body.total).toBe(1);
    expect((await it.call('GET', `${ACCOUNTS}?archived=true`)).body.results).toMatchObject([{ id }]);
  });

  test('with an identifier that is taken is refused with 409', async () => {
    await using it = await setup();
    await it.call('POST', ACCOUNTS, second);
    expect(await it.call('POST', ACCOUNTS, second)).toMatchObject({ status: 409, body: { category: 'CONFLICT' } });
  });

  test('with an identifier that is a text is refused by the parser', async () => {
    await using it = await setup();
    const { status, body } = await it.call('POST', ACCOUNTS, { ...second, deliveryIdentifier: 'second' });
    expect(status).toBe(400);
    expect(body.message).toMatch(/^Invalid input JSON on line 4, column 25: .*PublicDeliveryIdentifier/);
  });

  test('cannot be changed into what only its administrator can', async () => {
    await using it = await setup();
    const { status, body } = await it.call('PATCH', `${ACCOUNTS}/${ACCOUNT}`, { active: true });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      message: 'Failed to update object. The body of the request is empty.',
      subCategory: 'CustomChannelsError.EMPTY_UPDATE_REQUEST_BODY',
    });
  });

  test('may be inactive from the start, and takes nothing before an administrator switches it on', async () => {
    await using it = await setup({ settings: { newAccounts: 'inactive' } });
    const { body } = await it.call('POST', ACCOUNTS, second);
    expect(body.active).toBe(false);
    expect((await it.publish({ channelAccountId: body.id })).status).toBe(400);
    it.hubspot.administrator.switchAccount(body.id, true);
    expect((await it.publish({ channelAccountId: body.id })).status).toBe(201);
  });

  test.each([
    ['an unknown inbox', 'inboxId', { inboxId: '1' }],
    ['no name', 'name', { name: undefined }],
    ['no word on authorized', 'authorized', { authorized: undefined }],
  ])('with %s is refused, and %s is named', async (_what, field, fields) => {
    await using it = await setup();
    const { status, body } = await it.call('POST', ACCOUNTS, { ...second, ...fields });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ in: field }]);
  });

  test('is seen with its channel and inbox by who reads conversations', async () => {
    await using it = await setup();
    expect((await it.call('GET', `${CONVERSATIONS}/channels`)).body).toMatchObject({
      total: 1,
      results: [{ id: CHANNEL }],
    });
    const seen = await it.call('GET', `${CONVERSATIONS}/channel-accounts?channelId=${CHANNEL}&inboxId=481939`);
    expect(seen.body.results).toMatchObject([{ id: ACCOUNT }]);
    expect((await it.call('GET', `${CONVERSATIONS}/channel-accounts?channelId=1`)).body.total).toBe(0);
    expect((await it.call('GET', `${CONVERSATIONS}/inboxes?limit=1`)).body).toMatchObject({ total: 1 });
  });
});

describe('connecting from the settings of an inbox', () => {
  const connectionPage = 'https://bridge.example/connect?theme=dark';
  const STAGING = ACCOUNTS.replace('channel-accounts', 'channel-account-staging-tokens');

  async function popup() {
    const it = await connected();
    for (const channel of it.hubspot.channels()) channel.channelAccountConnectionRedirectUrl = connectionPage;
    const url = it.hubspot.administrator.connectChannel('48448169', { channelId: CHANNEL, inboxId: '481939' });
    const asked = new URL(url).searchParams;
    const redirectUrl = asked.get('redirectUrl') ?? '';
    return {
      ...it,
      asked,
      redirectUrl,
      path: `${STAGING}/${asked.get('accountToken')}`,
      [Symbol.asyncDispose]: it[Symbol.asyncDispose],
    };
  }

  test('opens the page of the channel, takes its word which account it is, and makes that at the end', async () => {
    await using it = await popup();
    expect(Object.fromEntries(it.asked)).toMatchObject({
      portalId: '48448169',
      channelId: CHANNEL,
      inboxId: '481939',
      theme: 'dark',
    });
    expect((await fetch(it.redirectUrl)).status).toBe(400);
    const patched = await it.call('PATCH', it.path, { accountName: 'Popup bot', deliveryIdentifier });
    expect(patched).toMatchObject({
      status: 200,
      body: { genericChannelId: Number(CHANNEL), inboxId: 481939, userId: 222222, accountName: 'Popup bot' },
    });
    expect(await it.heard()).toEqual([]);
    expect(await (await fetch(it.redirectUrl)).text()).toContain('Connected');
    await fetch(it.redirectUrl);
    expect(await it.heard()).toMatchObject([{ type: 'CHANNEL_ACCOUNT_CREATED' }]);
    expect((await it.call('PATCH', it.path, { accountName: 'Again', deliveryIdentifier })).status).toBe(409);
  });

  test('fails for a token that is unknown, or an account that is there', async () => {
    await using it = await popup();
    const given = { accountName: 'Popup bot', deliveryIdentifier };
    expect((await it.call('PATCH', `${STAGING}/unknown`, given)).status).toBe(404);
    const taken = { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'parley' };
    expect((await it.call('PATCH', it.path, { ...given, deliveryIdentifier: taken })).status).toBe(409);
    expect((await it.call('PATCH', it.path, { accountName: 'Popup bot' })).status).toBe(400);
  });
});

describe('another portal', () => {
  test('shares the channel and its webhook, and nothing else', async () => {
    await using it = await connected();
    const other = it.hubspot.addPortal({ portalId: '55', accessToken: 'of-55', channelAccountId: '777' });
    const messages = `/conversations/custom-channels/2026-03/${CHANNEL}/messages`;
    expect((await it.publish({ channelAccountId: '777' })).status).toBe(404);
    const { body } = await it.call('POST', messages, incoming({ channelAccountId: '777' }), 'of-55');
    const threadId: string = body.conversationsThreadId;
    expect(other.threads()).toHaveLength(1);
    expect((await it.call('GET', `${CONVERSATIONS}/threads/${threadId}`)).status).toBe(404);
    it.hubspot.agent.reply(threadId, 'Hi');
    expect(await it.heard()).toMatchObject([{ portalId: '55', message: { channelAccountId: '777' } }]);
    it.hubspot.faults.answer(429, { portalId: '55', times: null });
    expect((await it.publish()).status).toBe(201);
    expect((await it.call('GET', `${CONVERSATIONS}/inboxes`, undefined, 'of-55')).status).toBe(429);
  });
});
