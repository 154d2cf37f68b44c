import * as seed from './catalog-data.ts';
import type { JsonObject } from './json.ts';

export type Entry = JsonObject & { id: number; name: string };
export type Status = Entry & { board: Named; closedStatus: boolean; defaultFlag: boolean; inactive: boolean };
export type Scoped = Entry & { board: Named; inactive: boolean };
export type Company = Entry & { identifier: string; deletedFlag: boolean };
export type Member = Entry & { identifier: string; inactiveFlag: boolean; licenseClass: string };
export type Association = JsonObject & { id: number; board: Named; type: Named; subType?: Named; item?: Named };
export type Named = { id: number; name: string };

export type Catalog = ReturnType<typeof createCatalog>;

export type CatalogSeed = {
  companies?: readonly { identifier: string; name?: string; deletedFlag?: boolean }[];
  boards?: readonly { name: string; statuses?: readonly seed.StatusSeed[]; inactiveFlag?: boolean }[];
};

/** The tenant's setup tables, with ids that never repeat between boards. */
export function createCatalog(apiMember: string, extra: CatalogSeed = {}) {
  const catalog = {
    boards: [] as (Entry & { inactiveFlag: boolean; defaultFlag: boolean })[],
    statuses: [] as Status[],
    types: [] as Scoped[],
    subTypes: [] as Scoped[],
    items: [] as Scoped[],
    associations: [] as Association[],
    teams: [] as (Entry & { boardId: number })[],
    priorities: [] as Entry[],
    sources: [] as Entry[],
    companies: [] as Company[],
    configurations: [] as (Entry & { deviceIdentifier: string })[],
    members: [] as Member[],
    contacts: [] as Entry[],
    sites: [] as Entry[],
    customFieldDefinitions: [] as (JsonObject & { id: number; caption: string })[],
    severities: ['Low', 'Medium', 'High'].map((name, at) => ({ id: at + 1, name, defaultFlag: at === 1 })),
    impacts: ['Low', 'Medium', 'High'].map((name, at) => ({ id: at + 1, name, defaultFlag: at === 1 })),
    addBoard,
    addCompany,
  };

  function addBoard(
    name: string,
    statuses: readonly seed.StatusSeed[] = seed.shortStatuses(name),
    inactiveFlag = false,
  ) {
    const id = catalog.boards.length + 1;
    const board = { id, name, inactiveFlag, projectFlag: false, defaultFlag: name === seed.defaultBoard };
    catalog.boards.push(board);
    statuses.forEach((status, at) => {
      catalog.statuses.push({
        id: 100 + catalog.statuses.length,
        board: { id, name },
        sortOrder: at,
        displayOnBoard: true,
        closedStatus: false,
        defaultFlag: false,
        inactive: false,
        timeEntryNotAllowed: false,
        escalationStatus: 'NoEscalation',
        ...status,
      });
    });
    return board;
  }

  function addCompany(identifier: string, name = identifier, deletedFlag = false): Company {
    const id = 250 + catalog.companies.length;
    const company = { id, identifier, name, deletedFlag, status: { id: 1, name: 'Active' } };
    catalog.companies.push(company);
    return company;
  }

  for (const name of seed.otherBoards) addBoard(name);
  for (const name of seed.boardsWithStatuses)
    addBoard(name, name === seed.defaultBoard ? seed.longStatuses : undefined, name === 'Retired Board');
  for (const board of extra.boards ?? []) addBoard(board.name, board.statuses, board.inactiveFlag);
  catalog.boards.filter((board) => board.id > seed.otherBoards.length).forEach((board) => addTypes(catalog, board));

  for (let at = 1; at <= 30; at += 1) addCompany(`CUST${String(at).padStart(2, '0')}`, `Customer ${at}`);
  for (const [identifier, name] of seed.namedCompanies) addCompany(identifier, name);
  addCompany('GONE', 'Gone Away', true);
  for (const company of extra.companies ?? []) addCompany(company.identifier, company.name, company.deletedFlag);

  seed.priorities.forEach((priority, at) =>
    catalog.priorities.push({ id: at + 1, sortOrder: at, defaultFlag: false, ...priority }),
  );
  seed.sources.forEach((name, at) => catalog.sources.push({ id: at + 1, name, defaultFlag: at === 0 }));
  seed.people.forEach(([identifier, firstName, lastName], at) =>
    addMember(catalog, at + 2, identifier, firstName, lastName, 'F'),
  );
  addMember(catalog, 1, apiMember, 'HookWise', 'Integration', 'A');
  catalog.contacts.push({ id: 1, name: 'Ann Contact' }, { id: 2, name: 'Bob Contact' });
  catalog.sites.push({ id: 1, name: 'Main' }, { id: 2, name: 'Warehouse' });
  catalog.customFieldDefinitions.push(
    { id: 1, caption: 'Ref', screenId: 'Service', fieldTypeIdentifier: 'Text', requiredFlag: false },
    { id: 2, caption: 'Alert Key', screenId: 'Service', fieldTypeIdentifier: 'Text', requiredFlag: false },
  );
  for (let at = 1; at <= 30; at += 1) addConfiguration(catalog, at);
  return catalog;
}

function addTypes(catalog: Catalog, board: Named): void {
  const scope = { board: { id: board.id, name: board.name }, inactive: false };
  const scoped = (rows: Scoped[], name: string): Scoped => {
    const known = rows.find((row) => row.board.id === board.id && row.name === name);
    if (known !== undefined) return known;
    const row = { id: rows.length + 1, name, ...scope };
    rows.push(row);
    return row;
  };
  for (const { name, subTypes } of seed.types) {
    const type = scoped(catalog.types, name);
    for (const [subName, itemNames] of Object.entries(subTypes)) {
      const subType = scoped(catalog.subTypes, subName);
      subType['typeAssociationIds'] = [...((subType['typeAssociationIds'] as number[] | undefined) ?? []), type.id];
      for (const itemName of itemNames as readonly string[])
        associate(catalog, scope.board, type, subType, scoped(catalog.items, itemName));
      associate(catalog, scope.board, type, subType);
    }
    associate(catalog, scope.board, type);
  }
  for (let at = 1; at <= 26; at += 1) associate(catalog, scope.board, scoped(catalog.types, `Project type ${at}`));
  catalog.teams.push({ id: catalog.teams.length + 1, name: 'Service Team', boardId: board.id, defaultFlag: true });
}

const named = ({ id, name }: Named): Named => ({ id, name });

function associate(catalog: Catalog, board: Named, type: Named, subType?: Named, item?: Named): void {
  catalog.associations.push({
    id: catalog.associations.length + 1,
    board,
    type: named(type),
    ...(subType && { subType: named(subType) }),
    ...(item && { item: named(item) }),
  });
}

function addMember(
  catalog: Catalog,
  id: number,
  identifier: string,
  firstName: string,
  lastName: string,
  licenseClass: string,
): void {
  const name = `${firstName} ${lastName}`;
  catalog.members.push({ id, identifier, name, firstName, lastName, inactiveFlag: false, licenseClass });
}

function addConfiguration(catalog: Catalog, at: number): void {
  const company = catalog.companies[at % catalog.companies.length];
  catalog.configurations.push({
    id: 500 + at,
    name: `SRV-${at}`,
    deviceIdentifier: `device-${at}`,
    serialNumber: `SN${at}`,
    macAddress: `00:00:5e:00:53:${at.toString(16).padStart(2, '0')}`,
    ...(company && { company: { id: company.id, identifier: company.identifier, name: company.name } }),
    status: { id: 1, name: 'Active' },
    type: { id: 1, name: 'Managed Server' },
  });
}
