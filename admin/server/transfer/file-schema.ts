import { z } from 'zod';
import { GlobalWindowInput } from '../maintenance-windows/schemas.ts';
import { SettingsInput } from '../settings/schemas.ts';
import { TenantMappingInput } from '../tenant-mappings/schemas.ts';
import { EndpointInput } from '../endpoints/schemas.ts';
import { ConnectionsInput } from './connections.ts';

const id = z.uuid('must be an id, or be left out').toLowerCase().optional();
const most = 10_000;
const secret = z.string().optional();

const around = {
  hookwise: z.literal(1, 'must be 1, the form of this file: begin the file with "hookwise: 1"'),
  encryption: z
    .strictObject({
      salt: z.string('must be a text').regex(/^[\w-]{22}$/, 'is not as it was written'),
      check: z.string('must be a text'),
    })
    .optional(),
  settings: SettingsInput.optional(),
  maintenanceWindows: z.array(GlobalWindowInput.extend({ id }), 'must be a list of windows').max(most).optional(),
  tenantMappings: z.array(TenantMappingInput, 'must be a list of mappings').max(most).optional(),
  connections: ConnectionsInput.optional(),
};

/** The file but for the endpoints' own parts, which `buildConfig` judges. */
export const ConfigFile = z.strictObject(
  {
    ...around,
    endpoints: z
      .array(z.looseObject({ id }, 'must be an endpoint, with at least a name'), 'must be a list of endpoints')
      .max(most)
      .optional(),
  },
  'must be an object that begins with "hookwise: 1"',
);
export type ConfigFile = z.output<typeof ConfigFile>;

/** The whole form, for the names that are known at a place. */
export const WholeFile = z.strictObject({
  ...around,
  endpoints: z.array(
    EndpointInput.extend({
      id,
      key: secret,
      verification: z.array(
        z.union([
          z.strictObject({ type: z.literal('bearer'), token: secret }),
          z.strictObject({
            type: z.literal('hmac'),
            secret,
            algorithm: secret,
            header: secret,
            encoding: secret,
            prefix: secret,
          }),
          z.strictObject({ type: z.literal('ip'), allow: z.array(z.string()) }),
        ]),
      ),
    }),
  ),
});
