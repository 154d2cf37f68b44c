import { z } from 'zod';
import { loadMaintenanceWindows } from '../../../infra/database/config-store.ts';
import { WindowInput } from '../endpoints/window-input.ts';
import { readSettings } from '../settings/read-settings.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { describeConnections } from './connections.ts';
import { describeEndpoint } from './describe-endpoint.ts';
import { readStoredEndpoints } from './stored-endpoints.ts';
import { createSecretWriter } from './write-secrets.ts';
import { writeYaml } from './write-yaml.ts';

export const ExportQuery = z.strictObject({
  secrets: z
    .enum(['keep', 'reference'], 'must be keep or reference; encrypted ones are asked for with POST and a passphrase')
    .default('keep')
    .meta({ description: 'How secrets are written: as "keep", or as names such as ${HOOKWISE_WEB_SHOP_TOKEN}.' }),
});

export const ExportInput = z
  .strictObject({
    secrets: z.enum(['keep', 'reference', 'encrypted'], 'must be keep, reference or encrypted').default('encrypted'),
    passphrase: z.string().min(8, 'must have at least 8 characters').max(1000).nullable().default(null),
  })
  .refine(({ secrets, passphrase }) => secrets !== 'encrypted' || passphrase !== null, {
    path: ['passphrase'],
    message: 'Encrypted secrets need a passphrase of at least 8 characters.',
  })
  .meta({ id: 'ExportInput' });

/** The whole configuration as one YAML file, in an order that stays; secrets never in clear. Asking for it is audited. */
export const exportConfiguration = defineVerb({
  name: 'configuration.export',
  role: 'admin',
  input: z.object({ query: ExportQuery.optional(), body: ExportInput.optional() }),
  run: async (context, { query, body }): Promise<string> => {
    const as = body?.secrets ?? query?.secrets ?? 'keep';
    const { encryption, write } = await createSecretWriter(context, as, body?.passphrase ?? null);
    return changing(context, async ({ tx, audit }) => {
      await tx.query('set transaction isolation level repeatable read');
      const endpoints = await readStoredEndpoints(tx, false);
      const windows = await loadMaintenanceWindows(tx);
      const tenants = await tx.query<{ tenant: string; companyId: string; description: string }>(
        'select tenant, company_id as "companyId", description from tenant_mapping order by lower(tenant)',
      );
      const settings = await readSettings(context, tx);
      await audit({ action: 'export', entity: 'configuration', entityId: 'global', after: { secrets: as } });
      return writeYaml({
        hookwise: 1,
        ...(encryption === undefined ? {} : { encryption }),
        settings,
        endpoints: endpoints
          .toSorted((a, b) => compare(a.config.name, b.config.name) || compare(a.id, b.id))
          .map((row) => describeEndpoint(row, write(row))),
        maintenanceWindows: windows
          .toSorted((a, b) => compare(a.name, b.name) || compare(a.id, b.id))
          .map(({ id, name, window }) => ({ id, name, window: WindowInput.safeParse(window).data ?? window })),
        tenantMappings: tenants.rows.map(({ description, ...row }) =>
          description === '' ? row : { ...row, description },
        ),
        connections: describeConnections(context.config),
      });
    });
  },
});

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
