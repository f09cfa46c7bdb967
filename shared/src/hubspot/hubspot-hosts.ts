/** HubSpot's own hosts, its file hosts of all regions among them. */
const HUBSPOT = /(?:^|\.)(?:hubspot\.com|hubspot\.net|hubapi\.com|hubspotusercontent[a-z0-9-]*\.(?:net|com))$/;

/** Does this address lead to HubSpot: to one of its hosts, or to where its API is said to be? */
export function isHubSpotUrl(address: string, { apiUrl }: { apiUrl: string }): boolean {
  const url = URL.parse(address);
  if (!url || url.username || url.password) return false;
  if (url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === 'https:' && HUBSPOT.test(url.hostname);
}
