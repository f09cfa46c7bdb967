import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AgentFile } from '../contracts/agent-delivery.ts';
import { PortalId } from '../contracts/ids.ts';

/** Where the links lead, after the ingress's public address. */
export const FILES_ROUTE = '/v1/files';

export interface FileLink {
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** A file, and the portal whose agents sent it: HubSpot's file ids are a portal's own. */
export interface LinkedFile {
  readonly portal: PortalId;
  readonly file: AgentFile;
}

/** What a link turns out to be. */
export type LinkRead = LinkedFile | { readonly refused: 'forged' | 'expired' };

/**
 * Links of ours to files of HubSpot's, which are private there: whoever has a link may read the file while it lives. A link holds
 * all that is needed to honour it, so nothing is stored.
 */
export interface FileLinks {
  linkTo(linked: LinkedFile): FileLink;
  read(token: string): LinkRead;
}

/** Long enough for a bot that was away to fetch the file, and short for an address that needs no login. */
const LIFE_MS = 60 * 60_000;

const Payload = z.object({ portal: PortalId, file: AgentFile, expiresAt: z.int() });

export function createFileLinks({
  publicUrl,
  secret,
  now = Date.now,
}: {
  readonly publicUrl: string;
  /** Known to the bridge and not to bots, which could make links to any file otherwise. The key is derived from it. */
  readonly secret: string;
  readonly now?: () => number;
}): FileLinks {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'parley file links', 32));
  const sign = (payload: string) => createHmac('sha256', key).update(payload).digest('base64url');

  return {
    linkTo({ portal, file }) {
      const expiresAt = now() + LIFE_MS;
      const payload = Buffer.from(JSON.stringify({ portal, file, expiresAt })).toString('base64url');
      const token = `${payload}.${sign(payload)}`;
      return { url: `${publicUrl}${FILES_ROUTE}/${token}`, expiresAt: new Date(expiresAt).toISOString() };
    },
    read(token) {
      const [payload = '', ...rest] = token.split('.');
      // As text, since base64 can write the same bytes in several ways.
      const [given, right] = [Buffer.from(rest.join('.')), Buffer.from(sign(payload))];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return { refused: 'forged' };
      const read = Payload.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (!read.success) return { refused: 'expired' }; // made by a Parley of another age
      const { expiresAt, ...linked } = read.data;
      return expiresAt > now() ? linked : { refused: 'expired' };
    },
  };
}
