import { idOf, type Call, type Reply } from './call.ts';
import type { Catalog } from './catalog.ts';
import { recordNotFound } from './errors.ts';
import type { Schema } from './field-schema.ts';
import type { JsonObject } from './json.ts';
import { countReply, listReply, recordReply, searchReply, type Source } from './listing.ts';
import type { RoleModule } from './roles.ts';
import * as schemas from './schemas.ts';
import type { Route } from './router.ts';
import type { World } from './world.ts';

type Table = {
  path: string;
  module: RoleModule;
  kind: string;
  schema: Schema;
  rows: (catalog: Catalog, call: Call) => readonly JsonObject[];
};

const boardIdOf = (row: JsonObject): unknown => row['boardId'] ?? (row['board'] as { id?: number } | undefined)?.id;

/** Rows of one board; a board that is not there is a 404 of its own. */
const ofBoard =
  (rows: (catalog: Catalog) => readonly JsonObject[]): Table['rows'] =>
  (catalog, call) => {
    const board = idOf(call, 'board');
    if (!catalog.boards.some(({ id }) => id === board)) throw recordNotFound('Board', board);
    return rows(catalog).filter((row) => boardIdOf(row) === board);
  };

const boardTable = (
  name: string,
  kind: string,
  schema: Schema,
  rows: (catalog: Catalog) => readonly JsonObject[],
): Table => ({
  path: `/service/boards/:board/${name}`,
  module: 'tableSetup',
  kind,
  schema,
  rows: ofBoard(rows),
});

const table = (
  path: string,
  module: RoleModule,
  kind: string,
  schema: Schema,
  rows: (catalog: Catalog) => readonly JsonObject[],
): Table => ({
  path,
  module,
  kind,
  schema,
  rows,
});

const tables: readonly Table[] = [
  table('/service/boards', 'tableSetup', 'Board', schemas.boardSchema, ({ boards }) => boards),
  table('/service/info/boards', 'serviceTickets', 'Board', schemas.boardSchema, ({ boards }) => boards),
  boardTable('statuses', 'Status', schemas.statusSchema, ({ statuses }) => statuses),
  boardTable('types', 'Type', schemas.typeSchema, ({ types }) => types),
  boardTable('subtypes', 'SubType', schemas.subTypeSchema, ({ subTypes }) => subTypes),
  boardTable('items', 'Item', schemas.itemSchema, ({ items }) => items),
  boardTable('teams', 'Team', schemas.teamSchema, ({ teams }) => teams),
  boardTable(
    'typeSubTypeItemAssociations',
    'Association',
    schemas.associationSchema,
    ({ associations }) => associations,
  ),
  table('/service/priorities', 'tableSetup', 'Priority', schemas.prioritySchema, ({ priorities }) => priorities),
  table('/service/sources', 'tableSetup', 'Source', schemas.sourceSchema, ({ sources }) => sources),
  table('/service/severities', 'tableSetup', 'Severity', schemas.labelSchema, ({ severities }) => severities),
  table('/service/impacts', 'tableSetup', 'Impact', schemas.labelSchema, ({ impacts }) => impacts),
  table('/company/companies', 'companies', 'Company', schemas.companySchema, ({ companies }) => companies),
  table(
    '/company/configurations',
    'configurations',
    'Configuration',
    schemas.configurationSchema,
    (all) => all.configurations,
  ),
  table('/system/members', 'tableSetup', 'Member', schemas.memberSchema, ({ members }) => members),
  table(
    '/system/userDefinedFields',
    'tableSetup',
    'UserDefinedField',
    schemas.customFieldDefinitionSchema,
    (all) => all.customFieldDefinitions,
  ),
];

/** Every setup table: list, count, one record; companies and configurations can be searched by POST as well. */
export const catalogRoutes: readonly Route[] = tables.flatMap((one): Route[] => {
  const { path, module } = one;
  const read = { method: 'GET', module, right: 'inquire' } as const;
  const routes: Route[] = [
    {
      ...read,
      path,
      handle: (world, call) => listReply(call, sourceOf(world, one, call), world.faults.modes.quoteEscaping),
    },
    {
      ...read,
      path: `${path}/count`,
      handle: (world, call) => countReply(call, sourceOf(world, one, call), world.faults.modes.quoteEscaping),
    },
    { ...read, path: `${path}/:id`, handle: (world, call) => recordOf(world, one, call) },
  ];
  if (path.startsWith('/company/'))
    routes.push({
      ...read,
      method: 'POST',
      path: `${path}/search`,
      handle: (world, call) => searchReply(call, sourceOf(world, one, call), world.faults.modes.quoteEscaping),
    });
  return routes;
});

const sourceOf = (world: World, one: Table, call: Call): Source => {
  const rows = one.rows(world.catalog, call);
  return { schema: one.schema, rows: () => rows };
};

function recordOf(world: World, one: Table, call: Call): Reply {
  const row = one.rows(world.catalog, call).find(({ id }) => id === idOf(call));
  if (row === undefined) throw recordNotFound(one.kind, idOf(call));
  return recordReply(call, { schema: one.schema, rows: () => [] }, row);
}
