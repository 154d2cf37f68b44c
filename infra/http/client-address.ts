import { createAddressMatcher, normalAddress } from './address-list.ts';

export interface Forwarded {
  /** Address of the peer of this connection, as the socket has it. */
  peer: string;
  forwardedFor: string | undefined;
  forwardedProto: string | undefined;
}

export interface ClientAddresses {
  /** The sender's address: the peer, or through trusted proxies the first hop from the right that is not one of them. */
  addressOf(request: Forwarded): string;
  /** Whether the sender spoke https to a trusted proxy. An untrusted peer's word does not count. */
  isHttps(request: Forwarded): boolean;
}

const MAX_HOPS = 32;
const REMEMBERED_PEERS = 1_000;

/** Reads `X-Forwarded-*` only as far as `trustedProxies` (addresses and CIDRs) vouch for it. Throws for a bad entry. */
export function createClientAddresses(trustedProxies: readonly string[]): ClientAddresses {
  const isTrusted = trustedProxies.length === 0 ? () => false : createAddressMatcher(trustedProxies);
  const peers = new Map<string, string>();
  const normalPeer = (peer: string): string => {
    const known = peers.get(peer);
    if (known !== undefined) return known;
    const normal = normalAddress(peer) ?? peer;
    if (peers.size >= REMEMBERED_PEERS) peers.clear();
    peers.set(peer, normal);
    return normal;
  };
  return {
    addressOf({ peer, forwardedFor }) {
      let nearest = normalPeer(peer);
      if (forwardedFor === undefined || !isTrusted(nearest)) return nearest;
      const hops = forwardedFor.split(',').slice(-MAX_HOPS);
      for (const hop of hops.reverse()) {
        const address = normalAddress(withoutPort(hop.trim()));
        if (address === null) return nearest;
        nearest = address;
        if (!isTrusted(address)) return address;
      }
      return nearest;
    },
    isHttps({ peer, forwardedProto }) {
      return forwardedProto?.split(',', 1)[0]?.trim().toLowerCase() === 'https' && isTrusted(peer);
    },
  };
}

function withoutPort(hop: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(hop);
  if (bracketed) return bracketed[1] ?? hop;
  return /^[\d.]+:\d+$/.test(hop) ? hop.slice(0, hop.indexOf(':')) : hop;
}
