import { z } from 'zod';
import { type Body, type Operation, under } from './operation.ts';

const TOKEN = ['/oauth/2026-03/token', '/oauth/2026-09/token', '/oauth/v3/token'];

/** HubSpot's files ask for nothing here; what a grant cannot do without is its guide's. */
const app = { client_id: z.string().min(1), client_secret: z.string().min(1) };

const Grant = z.discriminatedUnion('grant_type', [
  z.strictObject({
    grant_type: z.literal('authorization_code'),
    ...app,
    code: z.string().min(1),
    redirect_uri: z.string().min(1),
    code_verifier: z.string().optional(),
  }),
  z.strictObject({ grant_type: z.literal('refresh_token'), ...app, refresh_token: z.string().min(1) }),
]);

const AboutToken = z.strictObject({
  ...app,
  token: z.string().min(1),
  token_type_hint: z.enum(['access_token', 'refresh_token']).optional(),
});

const form = (schema: z.ZodType): Body => ({ contentType: 'application/x-www-form-urlencoded', schema });

export const oauthOperations: readonly Operation[] = [
  { name: 'get tokens', method: 'POST', paths: TOKEN, body: form(Grant) },
  { name: 'introspect a token', method: 'POST', paths: under(TOKEN, '/introspect'), body: form(AboutToken) },
  { name: 'revoke a token', method: 'POST', paths: under(TOKEN, '/revoke'), body: form(AboutToken) },
];
