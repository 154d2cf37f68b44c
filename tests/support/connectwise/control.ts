import type { CatalogSeed } from './catalog.ts';
import { ApiFault, recordNotFound } from './errors.ts';
import type { FaultRule } from './fault-rules.ts';
import type { ModeChange } from './faults.ts';
import { isObject } from './json.ts';
import { actAsPerson, type PersonAct } from './person.ts';
import type { World } from './world.ts';

export type Down = 'maintenance' | 'reset' | 'refuse';

/** What a control request can ask of the simulator besides what the world itself offers. */
export type Controls = {
  down: (mode: Down, forMs?: number) => Promise<void>;
  up: () => Promise<void>;
  reset: () => void;
  advance: (ms: number) => void;
};

export type FaultChange = {
  modes?: ModeChange;
  add?: FaultRule[];
  remove?: string[];
  /** Drops all rules first; modes stay. */
  clear?: boolean;
  /** Back to how the simulator was started. */
  reset?: boolean;
  seed?: number;
};

/** The control API under `/__sim/`: the same levers the handle has, for tests in other processes. */
export async function control(
  world: World,
  controls: Controls,
  method: string,
  path: string,
  body: unknown,
): Promise<unknown> {
  const [name = '', id] = path.replace(/^\/__sim\//, '').split('/');
  const given = isObject(body) ? body : {};
  switch (`${method} ${name}`) {
    case 'GET record':
      return {
        counts: world.record.counts(),
        tickets: world.record.tickets(),
        ticketsByKey: world.record.ticketsByKey(),
        doubledKeys: world.record.doubledKeys(),
        perMinute: world.record.perMinute(),
      };
    case 'GET counts':
      return world.record.counts();
    case 'GET requests':
      return world.record.requests();
    case 'GET callbacks':
      return { callbacks: world.callbacks.rows(), deliveries: world.callbacks.deliveries() };
    case 'GET faults':
      return faultState(world);
    case 'POST faults':
      changeFaults(world, given as FaultChange);
      return faultState(world);
    case 'POST reset':
      controls.reset();
      return { ok: true };
    case 'POST forget':
      world.record.forgetRequests();
      return { ok: true };
    case 'GET tickets':
      return world.record.ticket(Number(id)) ?? notThere(id);
    case 'POST tickets':
      actAsPerson(world, Number(id), given as PersonAct);
      return world.record.ticket(Number(id));
    case 'POST catalog':
      return extendCatalog(world, given as CatalogSeed);
    case 'POST advance':
      controls.advance(Number(given['ms'] ?? 0));
      return { now: new Date(world.now()).toISOString() };
    case 'POST down':
      await controls.down((given['mode'] as Down | undefined) ?? 'maintenance', given['forMs'] as number | undefined);
      return { ok: true };
    case 'POST up':
      await controls.up();
      return { ok: true };
    default:
      throw new ApiFault(404, { message: `There is no control ${method} ${path}` });
  }
}

const notThere = (id: string | undefined): never => {
  throw recordNotFound('Ticket', id ?? '');
};

const faultState = (world: World) => ({ modes: world.faults.modes, rules: world.faults.list() });

function changeFaults(world: World, change: FaultChange): void {
  if (change.reset === true) world.faults.reset();
  if (change.clear === true) world.faults.clear();
  if (change.seed !== undefined) world.faults.reseed(change.seed);
  for (const id of change.remove ?? []) world.faults.remove(id);
  if (change.modes !== undefined) world.faults.set(change.modes);
  for (const rule of change.add ?? []) world.faults.add(rule);
}

export function extendCatalog(world: World, seed: CatalogSeed) {
  const companies = (seed.companies ?? []).map((one) =>
    world.catalog.addCompany(one.identifier, one.name, one.deletedFlag),
  );
  const boards = (seed.boards ?? []).map((one) => world.catalog.addBoard(one.name, one.statuses, one.inactiveFlag));
  return { companies, boards };
}
