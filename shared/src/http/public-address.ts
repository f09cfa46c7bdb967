import ipaddr from 'ipaddr.js';

/** Measuring networks against each other (RFC 2544), which the library takes for any other address. */
const BENCHMARKING = ipaddr.parseCIDR('198.18.0.0/15');

/** All that is routed of IPv6 so far. Outside are site-local addresses and forms that hold an IPv4 address. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * Is this IP address one of the public internet? Not: this machine, private networks, link-local ones (where clouds keep their
 * credentials), multicast, reserved ranges, IPv6 forms that lead to an IPv4 address by a detour, or what is no address at all.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv6' ? parsed.match(GLOBAL_UNICAST) : !parsed.match(BENCHMARKING);
}
