import { listAudit } from '../../../../server/audit-log/list.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(listAudit, { takes: 'query' });
