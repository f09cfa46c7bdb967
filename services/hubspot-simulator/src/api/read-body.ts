import type { Request } from 'express';
import { HubSpotError } from './errors.ts';

/** The JSON of a request whose text has been read, or HubSpot's refusal: 415 for another type, 400 for what does not parse. */
export function readJson(request: Request): unknown {
  if (!request.is('application/json'))
    throw new HubSpotError(415, { message: `Unsupported Media Type: ${request.get('content-type') ?? 'none'}` });
  const text = typeof request.body === 'string' ? request.body : '';
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HubSpotError(400, {
      message: `Invalid input JSON on line 1, column 1: ${error instanceof Error ? error.message : 'unreadable'}`,
    });
  }
}

/** The fields of a urlencoded form, or 415 for another type. Of a field that is given twice, the last counts. */
export function readForm(request: Request): Record<string, string> {
  if (!request.is('application/x-www-form-urlencoded'))
    throw new HubSpotError(415, { message: `Unsupported Media Type: ${request.get('content-type') ?? 'none'}` });
  return Object.fromEntries(new URLSearchParams(typeof request.body === 'string' ? request.body : ''));
}
