import { z } from 'zod';
import { type Operation, under } from './operation.ts';

const APP = ['/webhooks/2026-03/{appId}'];

/** Of apps that are no developer project's. */
const asDeveloper = z.strictObject({ hapikey: z.string().min(1) });

export const eventSubscriptionOperations: readonly Operation[] = [
  { name: "read where an app's events go", method: 'GET', paths: under(APP, '/settings'), query: asDeveloper },
  { name: 'list event subscriptions', method: 'GET', paths: under(APP, '/subscriptions'), query: asDeveloper },
];
