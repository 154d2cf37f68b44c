import { MikroORM } from '@mikro-orm/postgresql';
import { ENTITIES } from './entities/index.ts';
import { codeNoConnection } from './no-connection.ts';

/** The ORM over all entities at `url`. It connects at the first query; fork `orm.em` for every unit of work. */
export async function createOrm(url: string, options: { name: string; max: number }): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: url,
    entities: Object.values(ENTITIES),
    debug: false,
    preferEnvVars: false,
    forceUtcTimezone: false,
    pool: { min: 0, max: options.max },
    driverOptions: {
      application_name: `hookwise-${options.name}`,
      connectionTimeoutMillis: 3000,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
      onPoolCreated: codeNoConnection,
    },
  });
}

/** What one process shares: the ORM and the entity objects it was made with. */
export interface OrmHolder {
  orm: MikroORM;
  entities: typeof ENTITIES;
}

const PLACE = Symbol.for('hookwise.orm');
type Shelf = { [PLACE]?: Promise<OrmHolder> };

/**
 * The one ORM of this process, made at the first call. Next evaluates modules several times in a process, so its code takes
 * the entities from here and never by importing them.
 */
export function sharedOrm(url: string, options: { name: string; max: number }): Promise<OrmHolder> {
  const shelf = globalThis as Shelf;
  shelf[PLACE] ??= createOrm(url, options).then(
    (orm) => ({ orm, entities: ENTITIES }),
    (error: unknown) => {
      delete shelf[PLACE];
      throw error;
    },
  );
  return shelf[PLACE];
}
