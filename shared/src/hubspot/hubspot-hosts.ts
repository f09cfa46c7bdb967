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

/** Where people work with HubSpot: `app.hubspot.com`, or that of a region, like `app-eu1.hubspot.com`. On HubSpot's other hosts may lie what its customers put there. */
const HUBSPOT_APP = /^app(?:-[a-z]{2}\d)?\.hubspot\.com$/;

/**
 * The address, as it was checked, when a browser may be led to it: a page of HubSpot's app, or of what stands in for HubSpot where
 * its API is said to be elsewhere.
 */
export function hubSpotAppUrl(address: string, { apiUrl }: { apiUrl: string }): URL | undefined {
  const url = URL.parse(address);
  if (!url || url.username || url.password) return undefined;
  const isApp = url.protocol === 'https:' && url.port === '' && HUBSPOT_APP.test(url.hostname);
  const standsIn = url.origin === new URL(apiUrl).origin && !HUBSPOT.test(url.hostname);
  return isApp || standsIn ? url : undefined;
}
