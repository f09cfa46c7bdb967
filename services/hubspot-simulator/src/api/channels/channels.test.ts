import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, CHANNEL, DEVELOPER_KEY, incoming, setup } from '../../testing/setup.ts';

const CHANNELS = '/conversations/custom-channels/2026-03';
const one = {
  name: 'Another bot',
  webhookUrl: 'https://bridge.example/webhooks',
  capabilities: { deliveryIdentifierTypes: ['HS_EMAIL_ADDRESS'], allowOutgoingMessages: true, unknownToHubSpot: 1 },
};
const six = { ...one, channelAccountConnectionRedirectUrl: null, channelDescription: 'It talks', channelLogoUrl: null };

describe('the channels of an app', () => {
  test('are made, found, changed and deleted with the key of the developer', async () => {
    await using it = await setup();
    const made = await it.asDeveloper('POST', CHANNELS, one);
    expect(made).toMatchObject({ status: 201, body: { ...one, id: expect.stringMatching(/^\d+$/) } });
    const path = `${CHANNELS}/${made.body.id}`;
    expect((await it.asDeveloper('GET', path)).body).toEqual(made.body);
    const { body: list } = await it.asDeveloper('GET', '/conversations/v3/custom-channels');
    expect(list).toMatchObject({ total: 2, results: [{ id: CHANNEL }, { id: made.body.id }] });
    expect((await it.asDeveloper('PATCH', path, six)).body).toMatchObject({ ...one, channelDescription: 'It talks' });
    expect((await it.asDeveloper('DELETE', path)).status).toBe(204);
    expect((await it.asDeveloper('GET', path)).status).toBe(404);
  });

  test.each([
    ['a wrong key', '?hapikey=wrong&appId=123456', '', 401, 'INVALID_AUTHENTICATION'],
    ['no key and no token', '?appId=123456', '', 401, 'INVALID_AUTHENTICATION'],
    ['a token in its place', '', 'Bearer the-token-of-the-app', 403, 'MISSING_SCOPES'],
    ['the key for another app', `?hapikey=${DEVELOPER_KEY}&appId=1`, '', 404, 'OBJECT_NOT_FOUND'],
  ])('are closed to %s', async (_what, query, authorization, status, category) => {
    await using it = await setup();
    const headers = authorization === '' ? {} : { authorization };
    const answer = await fetch(it.hubspot.url + CHANNELS + query, { headers });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ category });
    expect(JSON.stringify(it.hubspot.requests())).not.toContain(DEVELOPER_KEY);
  });

  test('are refused as with a wrong key when their JSON is malformed', async () => {
    await using it = await setup();
    expect((await it.asDeveloper('POST', CHANNELS, '{"name":')).body.category).toBe('INVALID_AUTHENTICATION');
  });

  test.each([
    ['threadingModel', 'X', '"threadingModel": "X"'],
    [
      'deliveryIdentifierTypes',
      [{ type: 'HS_EMAIL_ADDRESS' }],
      '"deliveryIdentifierTypes": [{"type":"HS_EMAIL_ADDRESS"}]',
    ],
    ['maxFileAttachmentCount', -1, '"maxFileAttachmentCount": -1'],
  ])('cannot have every value as %s', async (key, value, named) => {
    await using it = await setup();
    const { status, body } = await it.asDeveloper('POST', CHANNELS, { ...one, capabilities: { [key]: value } });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      message: `One or more Channel Capabilities specified had invalid values: \`${named}\``,
      context: { capabilityKeysAndValues: [named] },
      subCategory: 'CustomChannelsError.INVALID_CHANNEL_CAPABILITY_VALUES',
    });
  });

  test('are patched with all six fields, or by the guide with any but none', async () => {
    await using it = await setup();
    const path = `${CHANNELS}/${CHANNEL}`;
    expect((await it.asDeveloper('PATCH', path, { name: 'New' })).status).toBe(400);
    it.hubspot.configure({ validation: 'lenient' });
    expect((await it.asDeveloper('PATCH', path, { name: 'New' })).body).toMatchObject({ name: 'New' });
    expect((await it.asDeveloper('PATCH', path, {})).body.subCategory).toBe(
      'CustomChannelsError.EMPTY_UPDATE_REQUEST_BODY',
    );
  });

  test('are ten at most', async () => {
    await using it = await setup();
    for (let count = 2; count <= 10; count++) expect((await it.asDeveloper('POST', CHANNELS, one)).status).toBe(201);
    expect((await it.asDeveloper('POST', CHANNELS, one)).status).toBe(400);
  });

  test('are not found at once when the setting says so', async () => {
    await using it = await setup({ settings: { channelVisibleAfterMs: 100 } });
    const { id } = (await it.asDeveloper('POST', CHANNELS, one)).body;
    const deadline = Date.now() + 5_000;
    const seen: number[] = [];
    do seen.push((await it.asDeveloper('GET', `${CHANNELS}/${id}`)).status);
    while (seen.at(-1) !== 200 && Date.now() < deadline);
    expect(seen.at(0)).toBe(404);
    expect(seen.at(-1)).toBe(200);
  });

  test('take their accounts along when they are deleted', async () => {
    await using it = await setup();
    await it.asDeveloper('DELETE', `${CHANNELS}/${CHANNEL}`);
    expect(it.hubspot.account).toMatchObject({ id: ACCOUNT, archived: true });
    expect((await it.call('POST', `${CHANNELS}/${CHANNEL}/messages`, incoming())).body.subCategory).toBe(
      'ChannelIntegrationMessagePublishError.CHANNEL_DOES_NOT_EXIST',
    );
  });
});
