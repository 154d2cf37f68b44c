import { createAddressMatcher } from '../../infra/http/address-list.ts';
import type { VerifierKind } from './verifier-kind.ts';

/** The sender's address must be in the list; an empty list lets nobody in. */
export const createIpVerifier: VerifierKind<'ip'> = (config) => {
  const isAllowed = createAddressMatcher(config.allow);
  return { needsBody: false, verify: ({ clientIp }) => (isAllowed(clientIp) ? null : 'address-not-allowed') };
};
