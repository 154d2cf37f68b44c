import { VerbError } from '../server/errors.ts';
import type { Page } from '../server/paging.ts';

/** A page of a list, or the words for the person whose address asks for something that cannot be. */
export async function listOrFault<T>(asked: Promise<Page<T>>): Promise<Page<T> & { fault: string | null }> {
  try {
    return { ...(await asked), fault: null };
  } catch (error) {
    if (error instanceof VerbError && error.code === 'invalid')
      return { items: [], nextCursor: null, fault: error.message };
    throw error;
  }
}
