import { z } from 'zod';
import { VerbError } from '../errors.ts';
import { defineVerb } from '../verb.ts';
import { carryOut } from './carry-out.ts';
import { compareConnections } from './connections.ts';
import { WholeFile } from './file-schema.ts';
import { createNameHelp } from './known-names.ts';
import type { PlanView } from './plan-item.ts';
import { readConfigFile } from './read-config-file.ts';
import { invalidAt, readYaml, type YamlFile } from './yaml-file.ts';

const yesNo = z
  .enum(['true', 'false'], 'must be true or false')
  .default('false')
  .transform((text) => text === 'true');

export const ConfirmInput = z.enum(['identity'], 'must be identity').optional().meta({
  description: 'identity: also where open incidents would not be found again by their sender’s next alert.',
});

export const ApplyQuery = z.strictObject({
  dryRun: yesNo.meta({ description: 'Only answer the plan.' }),
  prune: yesNo.meta({ description: 'Delete what the parts of the file do not name.' }),
  confirm: ConfirmInput,
});

export const ApplyInput = z
  .strictObject({
    file: z.string('must be the text of a YAML file').meta({ description: 'The YAML file.' }),
    values: z
      .record(z.string(), z.string('must be a text'))
      .default({})
      .meta({ description: 'What the names in ${NAME} stand for.' }),
    passphrase: z.string().min(1).nullable().default(null).meta({ description: 'Opens encrypted values.' }),
  })
  .meta({ id: 'ApplyInput' });

const helpWithName = createNameHelp(WholeFile);

/**
 * Brings the configuration to what a file says: judged whole first, then done in one transaction or not at all. What the
 * file leaves out of a thing has its default; parts it does not name stay. Throws `invalid` with line, path and remedy.
 */
export const applyFile = defineVerb({
  name: 'configuration.apply',
  role: 'admin',
  input: z.object({ query: ApplyQuery, body: ApplyInput }),
  run: async (context, { query: { dryRun, prune, confirm }, body }): Promise<PlanView> => {
    const yaml = readYaml(body.file);
    try {
      const { desired, file } = await readConfigFile(yaml.value, body);
      const plan = await carryOut(context, desired, { dryRun, prune, confirm, action: 'apply' });
      return {
        dryRun,
        changed: plan.filter(({ action }) => action !== 'unchanged').length,
        plan,
        notes: compareConnections(context.config, file.connections ?? []),
      };
    } catch (error) {
      throw located(error, yaml);
    }
  },
});

function located(error: unknown, yaml: YamlFile): unknown {
  if (!(error instanceof VerbError) || error.code !== 'invalid') return error;
  return invalidAt(
    error.faults.map(({ path, message }) => {
      const help = message === 'This field is not known.' ? ` ${helpWithName(path)}` : '';
      return yaml.locate({ path, message: message + help });
    }),
  );
}
