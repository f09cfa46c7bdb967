import { nameOfFile } from '@parley/shared/content/file-name';
import { typeByName } from '@parley/shared/content/file-types';
import { withNotes } from '@parley/shared/content/with-notes';
import type { AgentDeliveryOf, AgentFile } from '@parley/shared/contracts/agent-delivery';
import type { PortalId } from '@parley/shared/contracts/ids';
import type { FileLinks } from '@parley/shared/file-links/file-links';
import { isHubSpotUrl } from '@parley/shared/hubspot/hubspot-hosts';

export interface AttachmentParts {
  readonly links: Pick<FileLinks, 'linkTo'>;
  readonly portal: PortalId;
  /** Where HubSpot's API is. */
  readonly apiUrl: string;
}

/**
 * What the bot is told of the agent's words: files as links of ours, made anew at each attempt. An image that the agent took from
 * somewhere else than HubSpot is named and not linked, since a link of ours leads to HubSpot alone.
 */
export function withAttachments(
  { links, portal, apiUrl }: AttachmentParts,
  { text, richText, quickReplies, files = [] }: AgentDeliveryOf<'agent-message'>,
) {
  const isHubSpots = (file: AgentFile) => 'fileId' in file || isHubSpotUrl(file.url, { apiUrl });
  const attachments = files.filter(isHubSpots).map((file) => {
    const name = nameOfFile(file);
    return { name, contentType: typeByName(name), ...links.linkTo({ portal, file }) };
  });
  const elsewhere = files.flatMap((file) =>
    isHubSpots(file) || 'fileId' in file ? [] : [`[An image at ${URL.parse(file.url)?.host} cannot be shown here.]`],
  );
  return {
    ...withNotes({ text, richText }, elsewhere),
    quickReplies,
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}
