import { z } from 'zod';
import { writeAuditLines } from '../audit.ts';
import { describeEndpoint } from '../transfer/describe-endpoint.ts';
import { createSecretWriter } from '../transfer/write-secrets.ts';
import { writeYaml } from '../transfer/write-yaml.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { EndpointIds } from './bulk.ts';
import { lockEndpoints } from './find.ts';

export const ExportEndpointsInput = z
  .strictObject({
    ids: EndpointIds,
    secrets: z.enum(['keep', 'reference'], 'must be keep or reference').default('keep').meta({
      description: 'How secrets are written: as "keep", or as names such as ${HOOKWISE_WEB_SHOP_TOKEN}.',
    }),
  })
  .meta({ id: 'EndpointExport' });

/** The chosen endpoints as a YAML file that POST /apply takes, secrets never in clear. Asking for it is audited. */
export const exportEndpoints = defineVerb({
  name: 'endpoint.export',
  role: 'admin',
  input: z.object({ body: ExportEndpointsInput }),
  run: async (context, { body: { ids, secrets } }): Promise<string> => {
    const { write } = await createSecretWriter(context, secrets, null);
    return changing(context, async ({ tx }) => {
      const rows = await lockEndpoints(tx, ids);
      const lines = rows.map(({ id, config: { name } }) => ({ entityId: id, after: { name, secrets } }));
      await writeAuditLines(
        tx,
        context.actor,
        lines.map((line) => ({ action: 'export', entity: 'endpoint', ...line })),
      );
      const byName = rows.toSorted((a, b) => a.config.name.localeCompare(b.config.name) || (a.id < b.id ? -1 : 1));
      return writeYaml({ hookwise: 1, endpoints: byName.map((row) => describeEndpoint(row, write(row))) });
    });
  },
});
