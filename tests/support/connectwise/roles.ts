import { forbidden } from './errors.ts';

export type Right = 'add' | 'edit' | 'delete' | 'inquire';
export type RoleModule =
  | 'serviceTickets'
  | 'closeServiceTickets'
  | 'companies'
  | 'configurations'
  | 'tableSetup'
  | 'system';
export type Role = Readonly<Record<RoleModule, Readonly<Record<Right, boolean>>>>;
export type RoleChange = Partial<Record<RoleModule, Partial<Record<Right, boolean>>>>;

const labels: Record<RoleModule, string> = {
  serviceTickets: 'Service Tickets',
  closeServiceTickets: 'Close Service Tickets',
  companies: 'Company Maintenance',
  configurations: 'Configurations',
  tableSetup: 'Table Setup',
  system: 'System',
};

const modules = Object.keys(labels) as RoleModule[];
const all = { add: true, edit: true, delete: true, inquire: true };

const perModule = <Value>(value: (module: RoleModule) => Value): Record<RoleModule, Value> =>
  Object.fromEntries(modules.map((module) => [module, value(module)])) as Record<RoleModule, Value>;

export const fullRole = (): Role => perModule(() => all);

export const mergeRole = (role: Role, change: RoleChange): Role =>
  perModule((module) => ({ ...role[module], ...change[module] }));

/** Closing a ticket, and touching a closed one, is a module of its own: `closeServiceTickets` (facts §2). */
export function requireRight(role: Role, module: RoleModule, right: Right): void {
  if (!role[module][right])
    throw forbidden(`The security role of this member lacks the right to ${right} in ${labels[module]}.`);
}
