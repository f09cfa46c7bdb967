import { expect, test } from '@jest/globals';
import { isHubSpotUrl } from './hubspot-hosts.ts';

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
