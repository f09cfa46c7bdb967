/**
 * HubSpot's own hosts, and its file hosts as they are numbered (`hubspotusercontent00.net`) or named by their region
 * (`hubspotusercontent-na1.net`). No more than that: anybody can register another name that begins like these.
 */
const HUBSPOT = /(?:^|\.)(?:hubspot\.com|hubspot\.net|hubapi\.com|hubspotusercontent(?:\d\d|-[a-z]{2}\d)\.net)$/;

/** Does this address lead to HubSpot: to one of its hosts, or to where its API is said to be? */
export function isHubSpotUrl(address: string, { apiUrl }: { apiUrl: string }): boolean {
  const url = URL.parse(address);
  if (!url || url.username || url.password) return false;
  if (url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === 'https:' && HUBSPOT.test(url.hostname);
}
