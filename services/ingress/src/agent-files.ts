import type { PortalId } from '@parley/shared/contracts/ids';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import type { FileLinks } from '@parley/shared/file-links/file-links';
import type { FilesClient } from '@parley/shared/hubspot/files';
import { isHubSpotUrl } from '@parley/shared/hubspot/hubspot-hosts';
import type { RequestHandler } from 'express';
import { createSignedLinks, RETRY_AFTER } from './agent-files-signed.ts';
import { notFound, Problem } from './problem.ts';

export interface AgentFilesDeps {
  readonly links: Pick<FileLinks, 'read'>;
  /** Of a portal. */
  readonly filesOf: (portal: PortalId) => Pick<FilesClient, 'signFile'>;
  /** Where HubSpot's API is. */
  readonly apiUrl: string;
  readonly now: () => number;
}

/**
 * Leads whoever has a link of ours to the file, by a link of HubSpot's that is a few minutes old at most. The bytes do not come through Parley: the ingress
 * holds no slow downloads, needs no bound on their size, and never serves under its own name what somebody uploaded.
 */
export function leadToAgentFile({ links, filesOf, apiUrl, now }: AgentFilesDeps): RequestHandler {
  const signedLink = createSignedLinks({ filesOf, now });
  return async (request, response) => {
    const read = links.read(String(request.params.token));
    if ('refused' in read) throw refusals[read.refused]();
    const { portal, file } = read;
    const url = 'url' in file ? file.url : await signedLink({ portal, fileId: file.fileId }).catch(refuse);
    if (!isHubSpotUrl(url, { apiUrl })) throw elsewhere(url);
    response.set({
      'cache-control': 'private, no-store',
      // The address of this answer holds the key to the file.
      'referrer-policy': 'no-referrer',
      // A chat page shows the image from another origin than this one.
      'cross-origin-resource-policy': 'cross-origin',
    });
    // As it was read: what was looked at is where it leads, whatever stood around it.
    response.redirect(302, new URL(url).href);
  };
}

const refusals = {
  forged: () => notFound('a file link that Parley did not make'),
  expired: () =>
    new Problem('gone', { detail: 'the link was good for an hour: fetch files when agent.message arrives' }),
};

function refuse(cause: unknown): never {
  if (cause instanceof Problem) throw cause;
  const retry = { 'retry-after': RETRY_AFTER };
  if (cause instanceof TerminalError) {
    throw new Problem('not-found', {
      detail: 'HubSpot does not have the file, or not yet: ask again in some seconds',
      reason: cause.message,
      cause,
      headers: retry,
    });
  }
  const reason = cause instanceof RetryableError ? cause.message : 'HubSpot could not be asked for a link';
  throw new Problem('unavailable', { detail: 'ask again in some seconds', reason, cause, headers: retry });
}

/** The host goes to the log: it is needed to correct the list, and is no secret. */
const elsewhere = (url: string) =>
  new Problem('not-found', {
    detail: "the file does not lie on a host of HubSpot's, and Parley leads nowhere else",
    reason: `a file of an agent's lies on ${URL.parse(url)?.host ?? 'no host'}, which is not known as HubSpot's`,
  });
