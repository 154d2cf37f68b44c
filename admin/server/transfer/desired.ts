import type { z } from 'zod';
import type { MaintenanceWindow } from '../../../workflows/contracts/endpoint-config.ts';
import type { FieldFault } from '../errors.ts';
import type { SettingsInput } from '../settings/schemas.ts';

/** A secret as a file wants it: what there is, or this value. `orMake`: where there is none, one that nobody knows. */
export type WantedSecret = { keep: true; orMake?: true } | { keep: false; value: string };

export const KEEP: WantedSecret = { keep: true };

/** An endpoint as a file wants it. `place` is its path in the file, for faults. */
export interface DesiredEndpoint {
  place: string;
  /** Its id, where the file has one; a new endpoint gets it where it is free. */
  id: string | null;
  name: string;
  /** Where `key` is given and one endpoint has it, that one is meant, before ids and names are asked. */
  matchByKey: boolean;
  /** Whether what `input` leaves out stays as it is, instead of having its default. */
  isPatch: boolean;
  /** As REST takes it, in our spellings; an HMAC verifier has any text as its secret. */
  input: Record<string, unknown>;
  key: WantedSecret;
  /** One for each entry of `input.verification`; null for one without a secret. */
  secrets: (WantedSecret | null)[];
  /** What people should know of this endpoint besides. */
  notes: string[];
}

export interface DesiredWindow {
  place: string;
  id: string | null;
  name: string;
  window: MaintenanceWindow;
}

export interface DesiredTenant {
  place: string;
  tenant: string;
  companyId: string;
  /** null keeps the description there is. */
  description: string | null;
}

/** A configuration as a file wants it. null: the file does not speak of it, so it stays as it is. */
export interface Desired {
  settings: z.output<typeof SettingsInput> | null;
  endpoints: DesiredEndpoint[] | null;
  windows: DesiredWindow[] | null;
  tenants: DesiredTenant[] | null;
}

/** An id that nothing here has yet can be given to one thing of a file only. */
export function idsGivenTwice(desired: readonly { id: string | null; place: string }[]): FieldFault[] {
  const seen = new Set<string>();
  return desired.flatMap(({ id, place }): FieldFault[] => {
    if (id === null || !seen.has(id)) {
      if (id !== null) seen.add(id);
      return [];
    }
    return [{ path: `${place}.id`, message: 'This id stands twice in the file. Take one of the two away or its id.' }];
  });
}
