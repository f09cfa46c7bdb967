import { z } from 'zod';

/** The versions of HubSpot's Custom Channels API that have the same operations. Threads and contacts are spoken in v3 throughout. */
export const ApiVersion = z.enum(['2026-03', '2026-09', 'v3']);
export type ApiVersion = z.infer<typeof ApiVersion>;
