import { sha256 } from '../../../infra/crypto/cipher.ts';
import { createToken } from '../../../infra/crypto/tokens.ts';
import { keyContext } from '../endpoints/present.ts';
import type { Change } from '../transaction.ts';
import type { VerbContext } from '../verb.ts';
import type { KeyOwner } from './stored-endpoints.ts';

const OVERLAP = '10 minutes';

/** Takes a key from deleted endpoints, whose URL answers to nobody, so that another endpoint can have it. */
export async function releaseKey({ tx }: Pick<Change, 'tx'>, key: string, owners: readonly KeyOwner[]): Promise<void> {
  for (const owner of owners.filter(({ isDeleted }) => isDeleted)) {
    await tx.query(
      `update endpoint set old_key_digest = null, old_key_until = null,
         key_digest = case when key_digest = $2 then $3 else key_digest end where id = $1`,
      [owner.id, sha256(key), sha256(createToken())],
    );
  }
}

/** Gives an endpoint another key; the one it had opens for ten minutes more. */
export async function changeKey(
  context: VerbContext,
  change: Pick<Change, 'tx'>,
  id: string,
  key: string,
  owners: readonly KeyOwner[],
): Promise<void> {
  await releaseKey(change, key, owners);
  await change.tx.query(
    `update endpoint set old_key_digest = key_digest, old_key_until = now() + $4::interval, key_digest = $2, key_cipher = $3
     where id = $1`,
    [id, sha256(key), context.cipher.encrypt(key, keyContext(id)), OVERLAP],
  );
}
