import type { PortalId } from '@parley/shared/contracts/ids';
import type { FilesClient } from '@parley/shared/hubspot/files';
import { Problem } from './problem.ts';

/** Long enough to begin a download, also with a link that was kept. */
const SIGNED_SECONDS = 300;
/** The last minute is left to whoever is led there. */
const KEPT_MS = (SIGNED_SECONDS - 60) * 1_000;

/** Seconds. HubSpot may need some until it has what an agent sent. */
export const RETRY_AFTER = '5';
/** Shorter than what is asked for, so that whoever waits as told is answered afresh. */
const FAILURE_KEPT_MS = 4_000;

/** Files of one portal that HubSpot is asked about at once. */
const MAX_FILES = 50;
/** Requests that wait for one of them at once. */
const MAX_WAITING = 20;

/** HubSpot's ids of files are a portal's own. */
interface HubSpotFile {
  readonly portal: PortalId;
  readonly fileId: string;
}

interface Signed {
  readonly url: Promise<string>;
  /** Milliseconds since 1970; endless while HubSpot is being asked. */
  goodUntil: number;
  waiting: number;
}

/**
 * HubSpot's link to a file. Whoever has a link of ours can ask for it as often as they like, without a login, and each call is one
 * of the portal's: so a process asks once in four minutes for each file, keeps a refusal for some seconds, and throws a 429
 * {@link Problem} beyond a number of requests that wait.
 */
export function createSignedLinks({
  filesOf,
  now,
}: {
  readonly filesOf: (portal: PortalId) => Pick<FilesClient, 'signFile'>;
  readonly now: () => number;
}): (file: HubSpotFile) => Promise<string> {
  const links = new Map<string, Signed>();

  function ask({ portal, fileId }: HubSpotFile): Signed {
    for (const [key, { goodUntil }] of links) if (goodUntil <= now()) links.delete(key);
    const isAsking = ([key, { goodUntil }]: [string, Signed]) =>
      key.startsWith(`${portal}/`) && goodUntil === Number.POSITIVE_INFINITY;
    const asking = [...links].filter(isAsking);
    if (asking.length >= MAX_FILES) throw tooMany('files are being asked for');
    const askedAt = now();
    const url = filesOf(portal).signFile(fileId, { seconds: SIGNED_SECONDS });
    const link: Signed = { url, goodUntil: Number.POSITIVE_INFINITY, waiting: 0 };
    links.set(`${portal}/${fileId}`, link);
    url.then(
      () => {
        link.goodUntil = askedAt + KEPT_MS;
      },
      () => {
        link.goodUntil = now() + FAILURE_KEPT_MS;
      },
    );
    return link;
  }

  return async (file) => {
    const known = links.get(`${file.portal}/${file.fileId}`);
    const link = known && known.goodUntil > now() ? known : ask(file);
    if (link.waiting >= MAX_WAITING) throw tooMany('requests wait for one file');
    link.waiting += 1;
    try {
      return await link.url;
    } finally {
      link.waiting -= 1;
    }
  };
}

const tooMany = (what: string) =>
  new Problem('too-many-requests', {
    detail: 'ask again in some seconds',
    reason: `too many ${what} at once`,
    headers: { 'retry-after': RETRY_AFTER },
  });
