import type { Role } from '../../infra/auth/roles.ts';

/** Who asks. `via` decides whether a change must come from our own pages (a browser sends cookies by itself). */
export interface Actor {
  via: 'session' | 'api-key' | 'basic' | 'system';
  id: string;
  name: string;
  role: Role;
  /** The company whose things alone the actor sees; null for no limit. */
  company: string | null;
  /** What an API key is narrowed to; empty or absent for everything its role allows. */
  scopes?: readonly string[];
  /** The session that asks, where a signed-in browser does. */
  sessionId?: string;
  sourceIp: string | null;
}
