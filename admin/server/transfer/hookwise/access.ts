import { parseAddressList } from '../../../../infra/http/address-list.ts';
import { FernetError, isFernetShaped, type FernetOpener } from '../../../../infra/crypto/fernet.ts';
import type { WantedSecret } from '../desired.ts';
import type { Carrier } from './carrier.ts';

/** Who may post: our verifiers, the secrets behind them, and whether anyone can pass at all. */
export interface ConvertedAccess {
  verification: Record<string, unknown>[];
  secrets: (WantedSecret | null)[];
  isShut: boolean;
}

/** Counts how the key did, so that one that opens nothing is named plainly. */
export interface SecretReader {
  opener: FernetOpener | null;
  opened: number;
  refused: number;
}

/** Bearer token, HMAC secret and address list, with HookWise's meaning of each. */
export function convertAccess(
  entry: Readonly<Record<string, unknown>>,
  reader: SecretReader,
  carrier: Carrier,
): ConvertedAccess {
  const access: ConvertedAccess = { verification: [], secrets: [], isShut: false };
  const { bearer_auth_enabled: asksBearer, bearer_token: token, hmac_secret: hmac, trusted_ips: ips } = entry;
  if (asksBearer !== false) {
    access.verification.push({ type: 'bearer' });
    access.secrets.push(
      readSecret(token, 'bearer_token', 'Senders need the new token that is made instead.', reader, carrier),
    );
  }
  if (typeof hmac === 'string' && hmac !== '') {
    const secret = readSecret(
      hmac,
      'hmac_secret',
      'Senders are refused until its secret is set anew.',
      reader,
      carrier,
    );
    access.verification.push({ type: 'hmac', secret: 'judged elsewhere', header: 'X-HookWise-Signature' });
    access.secrets.push(secret);
  }
  if (typeof ips === 'string' && ips !== '') {
    const entries = ips.split(',').map((address) => address.trim());
    const faults = new Map(parseAddressList(entries).faults.map(({ index, message }) => [index, message]));
    for (const [index, message] of faults)
      if (entries[index] !== '') carrier.leave('trusted_ips', `${message} HookWise passed over it.`);
    const allow = entries.filter((_, index) => !faults.has(index));
    if (allow.length > 0) {
      access.verification.push({ type: 'ip', allow });
      access.secrets.push(null);
    } else {
      access.isShut = true;
      carrier.leave(
        'trusted_ips',
        'It names no address, so HookWise refused every sender: the endpoint comes disabled.',
      );
    }
  }
  if (access.verification.length === 0 && !access.isShut)
    carrier.note('Whoever knows its URL may post to it, as in HookWise.');
  return access;
}

function readSecret(
  given: unknown,
  column: string,
  consequence: string,
  reader: SecretReader,
  carrier: Carrier,
): WantedSecret {
  if (typeof given !== 'string' || given === '') {
    carrier.leave(column, `The backup does not hold it. ${consequence}`);
    return { keep: true, orMake: true };
  }
  if (!isFernetShaped(given)) return { keep: false, value: given };
  if (reader.opener === null) {
    carrier.leave(column, `It is encrypted: give the ENCRYPTION_KEY of that HookWise. ${consequence}`);
    return { keep: true, orMake: true };
  }
  try {
    const value = reader.opener.open(given);
    reader.opened += 1;
    return { keep: false, value };
  } catch (error) {
    if (!(error instanceof FernetError)) throw error;
    reader.refused += 1;
    carrier.leave(column, `It does not open with the given key. ${consequence}`);
    return { keep: true, orMake: true };
  }
}
