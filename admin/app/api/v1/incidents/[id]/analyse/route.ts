import { analyseIncident } from '../../../../../../server/incidents/orders.ts';
import { restOrder } from '../../../../../../server/incidents/rest-order.ts';

export const POST = restOrder(analyseIncident);
