/** Who saved a newer version while the form was open. */
export interface SavedMeanwhile {
  version: number;
  savedBy: string | null;
}

/** Out of a refusal's details; null where it was refused for another reason. */
export function savedMeanwhile(details: unknown): SavedMeanwhile | null {
  const given = (details ?? {}) as Partial<SavedMeanwhile> & { reason?: string };
  return given.reason === 'version' && given.version !== undefined
    ? { version: given.version, savedBy: given.savedBy ?? null }
    : null;
}
