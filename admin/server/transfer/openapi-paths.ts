import { z } from 'zod';
import type { Operation } from '../openapi-paths.ts';
import { ApplyInput, ApplyQuery } from './apply.ts';
import { ExportInput, ExportQuery } from './export.ts';
import { ImportInput, ImportQuery, ImportView } from './hookwise/import.ts';
import { PlanView } from './plan-item.ts';

const YamlText = z.string().meta({ description: 'One YAML file.' });

/** What carries a whole configuration out and in. */
export const TRANSFER_PATHS: Record<string, Record<string, Operation>> = {
  '/export': {
    get: {
      summary: 'The whole configuration as YAML, secrets kept or named',
      query: ExportQuery,
      answers: { 200: YamlText },
      answersAs: 'application/yaml',
    },
    post: {
      summary: 'The same with secrets encrypted under a passphrase',
      body: ExportInput,
      answers: { 200: YamlText },
      answersAs: 'application/yaml',
    },
  },
  '/apply': {
    post: {
      summary: 'Bring the configuration to what a YAML file says; the file may also be sent alone as application/yaml',
      query: ApplyQuery,
      body: ApplyInput,
      answers: { 200: PlanView },
      mayConflict: true,
    },
  },
  '/import/hookwise': {
    post: {
      summary: 'Carry a backup of HookWise over, or preview it; the backup may also be sent alone',
      query: ImportQuery,
      body: ImportInput,
      answers: { 200: ImportView },
      mayConflict: true,
    },
  },
};
