/** The versions of HubSpot's Custom Channels API that have the same operations. Threads and contacts are spoken in v3 throughout. */
export const API_VERSIONS = ['2026-03', '2026-09', 'v3'] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];
