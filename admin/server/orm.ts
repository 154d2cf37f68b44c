import type { OrmHolder } from '../../infra/database/orm.ts';

/** The ORM with its entities, loaded at the first call: what only lists and shows never pays for it. */
export function lazyOrm(databaseUrl: string): { holder(): Promise<OrmHolder>; close(): Promise<void> } {
  let made: Promise<OrmHolder> | undefined;
  return {
    holder: () => (made ??= load(databaseUrl)),
    close: async () => (await made)?.orm.close(true),
  };
}

async function load(databaseUrl: string): Promise<OrmHolder> {
  const [{ createOrm }, { ENTITIES }] = await Promise.all([
    import('../../infra/database/orm.ts'),
    import('../../infra/database/entities/index.ts'),
  ]);
  return { orm: await createOrm(databaseUrl, { name: 'admin', max: 4 }), entities: ENTITIES };
}
