import type { Role } from '../../infra/auth/roles.ts';

/** Who asks. `via` decides whether a change must come from our own pages (a browser sends cookies by itself). */
export interface Actor {
  via: 'session' | 'api-key' | 'system';
  id: string;
  name: string;
  role: Role;
  company: string | null;
  sourceIp: string | null;
}
