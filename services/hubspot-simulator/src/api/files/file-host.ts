import type { Response, Router } from 'express';
import express from 'express';
import type { StoredFile } from '../../portal/file-store.ts';
import { fileOf, isReady, isSigned } from '../../portal/file-store.ts';
import type { HubSpot } from '../../portal/hubspot.ts';

/**
 * Where files are read, by anyone who has the address: HubSpot's file host, which is not its API and takes no token. A private file is
 * not there without a signature (404), and with one that is wrong or too old it is forbidden (403).
 */
export function fileHost(hubspot: HubSpot): Router {
  const router = express.Router();
  router.get('/hubfs/:portalId/:fileId/:name', (request, response) => {
    const { portalId, fileId } = request.params;
    const portal = hubspot.portals.get(portalId);
    const file = portal && fileOf(portal, fileId);
    const query = new URL(request.originalUrl, 'http://localhost').searchParams;
    if (!file || (!query.has('signature') && !file.access.includes('INDEXABLE'))) response.status(404).end();
    else if (query.has('signature') && !isSigned(portal, file, query)) response.status(403).end();
    else if (isReady(file)) sendFile(response, file);
    else response.status(404).end();
  });
  return router;
}

/** Whatever a stranger uploaded may be shown, and may do nothing. */
export function sendFile(response: Response, file: StoredFile): void {
  response
    .set({ 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' })
    .set('content-type', file.contentType || 'application/octet-stream')
    .send(file.content);
}
