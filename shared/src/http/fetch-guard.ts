import { type LookupAddress, type LookupAllOptions, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';
import { Unfetchable } from './unfetchable.ts';

/** Where a file may be fetched from. */
export interface Guard {
  /** May a connection to this host be tried? Throws {@link Unfetchable} when it may not. */
  admit(url: URL): void;
  /** Resolves a name for the connection itself, so that what is checked is what is connected to. */
  readonly lookup: LookupFunction;
}

export function createGuard(url: URL, { allowedHosts, lookup = systemLookup }: GuardSettings): Guard {
  const isAllowed = allowedHosts.includes(url.hostname) || allowedHosts.includes(url.host);
  return {
    admit({ protocol, hostname, username, password }) {
      if (protocol !== 'http:' && protocol !== 'https:') throw refused('its address is neither http nor https');
      if (username || password) throw refused('its address holds a name and a password');
      const address = hostname.replace(/^\[|\]$/g, '');
      // Of an address in numbers nobody asks the lookup.
      if (!isAllowed && isIP(address) && !isPublicAddress(address)) throw notPublic();
    },
    lookup(hostname, options, callback) {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, '');
        if (!isAllowed && !addresses.every(({ address }) => isPublicAddress(address))) return callback(notPublic(), '');
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family);
      });
    },
  };
}

export interface GuardSettings {
  /** Reached although their addresses are not public: `files.internal`, or with a port, `127.0.0.1:3003`. */
  readonly allowedHosts: readonly string[];
  /** The system's, unless a test plays another. */
  readonly lookup?: (
    hostname: string,
    options: LookupAllOptions,
    callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => void;
}

const refused = (reason: string) => new Unfetchable(reason, { later: false });
const notPublic = () => refused('its address is not on the public internet');
