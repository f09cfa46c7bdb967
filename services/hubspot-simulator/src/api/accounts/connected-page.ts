import type { Router } from 'express';
import express from 'express';
import { finishConnecting, stagingToken } from '../../portal/connecting.ts';
import type { HubSpot } from '../../portal/hubspot.ts';

/** Where the popup ends: HubSpot's page, which makes the account. */
export function connectedPage(hubspot: HubSpot): Router {
  const router = express.Router();
  router.get('/connected/:portalId/:accountToken', (request, response) => {
    const portal = hubspot.portals.get(request.params.portalId);
    const token = portal && stagingToken(portal, request.params.accountToken);
    if (!token) response.status(404).type('text').send('This connection is not known, or its time is over.');
    else if (finishConnecting(portal, token)) response.type('text').send('Connected. You can close this window.');
    else response.status(400).type('text').send('The app has not said yet which account this is.');
  });
  return router;
}
