import { Signature } from '@hubspot/api-client';
import { describe, expect, test } from '@jest/globals';
import { CLIENT_SECRET as clientSecret, setup, startReceiver } from '../testing/setup.ts';
import { signatureHeaders } from './signature.ts';

const url = 'https://www.example.com/webhook_uri';
const method = 'POST';

describe('the signature of a webhook', () => {
  test.each([
    [1_693_657_560_000, 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y='],
    [1_700_000_300_000, 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw='],
  ])('v3 is the one that HubSpot documents, at %i', (timestamp, expected) => {
    const body = "{'example_field':'example_value'}";
    expect(signatureHeaders(['v3'], { clientSecret, method, url, body, timestamp })).toEqual({
      'x-hubspot-signature-v3': expected,
      'x-hubspot-request-timestamp': String(timestamp),
    });
  });

  test('v2 is the one that HubSpot documents', () => {
    const body = '{"example_field":"example_value"}';
    expect(signatureHeaders(['v2'], { clientSecret, method, url, body, timestamp: 0 })).toEqual({
      'x-hubspot-signature': '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900',
      'x-hubspot-signature-version': 'v2',
    });
  });

  test('v1 is the one that HubSpot documents', () => {
    const body =
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
    expect(signatureHeaders(['v1'], { clientSecret, method, url, body, timestamp: 0 })).toEqual({
      'x-hubspot-signature': '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de',
      'x-hubspot-signature-version': 'v1',
    });
  });

  test('v3 is over the URL with its listed escapes decoded, and no others', () => {
    const signed = { clientSecret, method, body: '{}', timestamp: 1 };
    const escaped = signatureHeaders(['v3'], { ...signed, url: 'https://a.example/x%2Fy?q=%40%20' });
    expect(escaped).toEqual(signatureHeaders(['v3'], { ...signed, url: 'https://a.example/x/y?q=@%20' }));
  });

  test("on the wire, HubSpot's own library finds it right for the channel's and for the app's webhooks", async () => {
    await using bridge = await startReceiver();
    await using it = await setup(bridge.addresses);
    const { body } = await it.publish();
    it.hubspot.agent.reply(body.conversationsThreadId, 'Grüß Gott 👋');
    await it.hubspot.webhooks.settled();

    const [toChannel] = bridge.at('/channel');
    const [toApp] = bridge.at('/events');
    if (!toChannel || !toApp) throw new Error('a webhook is missing');
    for (const [{ headers, text }, address] of [
      [toChannel, bridge.addresses.channelWebhookUrl],
      [toApp, bridge.addresses.eventsWebhookUrl],
    ] as const) {
      const timestamp = Number(headers['x-hubspot-request-timestamp']);
      expect(Math.abs(Date.now() - timestamp)).toBeLessThan(60_000);
      expect(headers['x-hubspot-signature-v3']).toBe(
        Signature.getSignature('POST', 'v3', {
          signature: '',
          clientSecret,
          requestBody: text,
          url: address,
          timestamp,
        }),
      );
    }
    expect(toApp.headers['x-hubspot-signature']).toBe(
      Signature.getSignature('POST', 'v1', { signature: '', clientSecret, requestBody: toApp.text }),
    );
    expect(toChannel.headers['x-hubspot-signature']).toBeUndefined();
  });

  test('is of the versions that the setting names, or is not there', async () => {
    await using bridge = await startReceiver();
    await using it = await setup({ ...bridge.addresses, settings: { channelSignatures: ['v2'], eventSignatures: [] } });
    const { body } = await it.publish();
    it.hubspot.agent.reply(body.conversationsThreadId, 'Hi');
    await it.hubspot.until(() => bridge.at('/channel')[0] && bridge.at('/events')[0]);
    const [toChannel] = bridge.at('/channel');
    expect(toChannel?.headers['x-hubspot-signature-version']).toBe('v2');
    expect(toChannel?.headers['x-hubspot-signature']).toBe(
      Signature.getSignature('POST', 'v2', {
        signature: '',
        clientSecret,
        requestBody: toChannel?.text ?? '',
        url: bridge.addresses.channelWebhookUrl,
      }),
    );
    const names = Object.keys(bridge.at('/events')[0]?.headers ?? {});
    expect(names.filter((name) => name.startsWith('x-hubspot'))).toEqual([]);
  });
});
