import { openEndpointSecrets } from '../../../infra/crypto/endpoint-secrets.ts';
import { keyContext, type EndpointRow } from '../endpoints/present.ts';
import type { VerbContext } from '../verb.ts';
import type { WrittenSecrets } from './describe-endpoint.ts';
import { sealFile, secretPlace } from './secret-text.ts';

export type SecretsAs = 'keep' | 'reference' | 'encrypted';

/** Writes the secrets of endpoints the way that was asked for, and what the file must say so that they open again. */
export interface SecretWriter {
  encryption?: { salt: string; check: string };
  write(row: EndpointRow): WrittenSecrets;
}

/** Never in clear: `keep`, a name such as `${HOOKWISE_WEB_SHOP_TOKEN}`, or encrypted under the passphrase. */
export async function createSecretWriter(
  context: VerbContext,
  as: SecretsAs,
  passphrase: string | null,
): Promise<SecretWriter> {
  if (as === 'keep')
    return { write: ({ config }) => ({ key: 'keep', verifiers: config.verification.map(() => 'keep') }) };
  if (as === 'reference') return { write: createNameGiver() };
  const { encryption, seal } = await sealFile(passphrase ?? '');
  return {
    encryption,
    write: ({ id, config, key_cipher, secrets_cipher }) => {
      const secrets = openEndpointSecrets(context.cipher, id, secrets_cipher);
      const key = context.cipher.decrypt(key_cipher, keyContext(id)).toString();
      return {
        key: seal(key, secretPlace(id, 'key')),
        verifiers: config.verification.map((entry) => {
          const secret = entry.type === 'ip' ? undefined : secrets[entry.secretId];
          return secret ? seal(secret.value, secretPlace(id, entry.type === 'bearer' ? 'token' : 'secret')) : null;
        }),
      };
    },
  };
}

function createNameGiver(): SecretWriter['write'] {
  const given = new Set<string>();
  const nameOf = (base: string, id: string) => {
    const name = given.has(base) ? `${base}_${id.replaceAll('-', '').slice(-8).toUpperCase()}` : base;
    given.add(base);
    return name;
  };
  return ({ id, config }) => {
    const words = config.name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toUpperCase()
      .match(/[A-Z0-9]+/g) ?? ['ENDPOINT'];
    const name = nameOf(`HOOKWISE_${words.join('_')}`, id);
    const hmacs = config.verification.filter(({ type }) => type === 'hmac').length;
    return {
      key: `\${${name}_KEY}`,
      verifiers: config.verification.map(({ type }, index) => {
        if (type === 'bearer') return `\${${name}_TOKEN}`;
        return type === 'hmac' ? `\${${name}_SECRET${hmacs > 1 ? `_${index}` : ''}}` : null;
      }),
    };
  };
}
