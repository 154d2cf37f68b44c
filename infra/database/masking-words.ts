import type { Pool } from './pool.ts';
import { configVersion } from './config-store.ts';

const LOOK_EVERY_MS = 1_000;

/** The names that people added to those always masked, as this process knows them: at most about a second old. */
export interface MaskingWords {
  /** The same list until it changes. */
  current(): readonly string[];
  /** Reads them now. Rejects with what Postgres says; what was known stays. */
  refresh(pool: Pool): Promise<void>;
  /** Keeps them up to date until `stop`; while Postgres is away, what was known stays. */
  follow(pool: Pool): { stop(): void };
}

export function createMaskingWords(): MaskingWords {
  let words: readonly string[] = [];

  const refresh = async (pool: Pool): Promise<void> => {
    const found = await readMaskingWords(pool);
    if (found.join('\n') !== words.join('\n')) words = found;
  };

  return {
    current: () => words,
    refresh,
    follow(pool) {
      let known: number | null = null;
      let isLooking = false;
      const look = async (): Promise<void> => {
        if (isLooking) return;
        isLooking = true;
        try {
          const version = await configVersion(pool);
          if (version !== known) await refresh(pool);
          known = version;
        } catch {
          known = null;
        } finally {
          isLooking = false;
        }
      };
      void look();
      const timer = setInterval(() => void look(), LOOK_EVERY_MS);
      timer.unref();
      return { stop: () => clearInterval(timer) };
    },
  };
}

/** The names as they are saved now. */
export async function readMaskingWords(db: Pick<Pool, 'query'>): Promise<string[]> {
  const { rows } = await db.query<{ value: unknown }>(`select value from setting where key = 'maskingWords'`);
  const value = rows[0]?.value;
  return Array.isArray(value) ? value.map(String) : [];
}
