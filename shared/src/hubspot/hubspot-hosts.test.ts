import { expect, test } from '@jest/globals';
import { hubSpotAppUrl, isHubSpotUrl } from './hubspot-hosts.ts';

const apiUrl = 'http://127.0.0.1:3002';

test.each([
  'https://f.hubspotusercontent00.net/hubfs/1/a.png',
  'https://48448169.fs1.hubspotusercontent-na1.net/hubfs/48448169/a.png?Expires=1&Signature=x',
  'https://48448169.fs1.hubspotusercontent-eu1.net/a',
  'https://cdn2.hubspot.net/hubfs/1/a.png',
  'https://api.hubspot.com/filemanager/api/v3/files/1/signed-url-redirect',
  'https://api.hubapi.com/x',
  'http://127.0.0.1:3002/hubfs/1/2/a.png',
])('%s is HubSpot', (url) => {
  expect(isHubSpotUrl(url, { apiUrl })).toBe(true);
});

test.each([
  'http://f.hubspotusercontent00.net/a.png',
  'https://hubspot.com.evil.example/a',
  'https://evilhubspot.com/a',
  'https://evil.example/hubspot.com',
  'https://hubspot.com@evil.example/',
  'https://me:you@api.hubspot.com/',
  'https://hubspotusercontent.net.evil.example/',
  'https://hubspotusercontent-evil.com/a',
  'https://hubspotusercontent-evil.net/a',
  'https://hubspotusercontentxyz.net/a',
  'https://hubspotusercontent-na1.com/a',
  'https://hubspotusercontent-na12.net/a',
  'https://f.hubspotusercontent000.net/a',
  'https://f.evilhubspotusercontent00.net/a',
  'http://127.0.0.1:6379/',
  'javascript:alert(1)//hubspot.com',
  'hubspot.com',
  '',
])('%j is not', (url) => {
  expect(isHubSpotUrl(url, { apiUrl })).toBe(false);
});

test.each([
  'https://app.hubspot.com/live-messages-settings/1/channel?x=1',
  'https://app-eu1.hubspot.com/a',
  'https://app-na2.hubspot.com:443/a',
  'https:\\\\app.hubspot.com/a',
  'https://app.hubspot.com\\@evil.example/',
  'http://127.0.0.1:3002/connected/1/2',
])('a browser may be led to %s', (url) => {
  expect(hubSpotAppUrl(url, { apiUrl })?.href).toBe(new URL(url).href);
});

test.each([
  'http://app.hubspot.com/a',
  'https://app.hubspot.com:8443/a',
  'https://app.hubspot.com./a',
  'https://me@app.hubspot.com/',
  'https://app.hubspot.com@evil.example/',
  'https://evil.example\\.app.hubspot.com/',
  'https://app.hubspot.com.evil.example/',
  'https://evil.example/?https://app.hubspot.com/',
  'https://evil.example#app.hubspot.com',
  'https://app.hubspot.com%2eevil.example/',
  'https://app-eu1.hubspot.com。evil.example/',
  'https://evil.app.hubspot.com/',
  'https://app-evil.hubspot.com/',
  'https://appahubspot.com/',
  'https://f.hubspotusercontent00.net/hubfs/1/page.html',
  'https://cdn2.hubspot.net/hubfs/1/page.html',
  'https://api.hubapi.com/a',
  'http://127.0.0.1:3003/',
  'http://127.0.0.1:3002@evil.example/',
  'http://me:you@127.0.0.1:3002/',
  '//evil.example',
  '/connected',
  'javascript:alert(1)//app.hubspot.com',
  'data:text/html,x',
  '',
])('a browser is not led to %j', (url) => {
  expect(hubSpotAppUrl(url, { apiUrl })).toBeUndefined();
});

test("a browser is not led to HubSpot's API", () => {
  const real = 'https://api.hubapi.com';
  expect(hubSpotAppUrl(`${real}/files`, { apiUrl: real })).toBeUndefined();
});
