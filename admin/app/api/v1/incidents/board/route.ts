import { getBoard } from '../../../../../server/incidents/board.ts';
import { rest } from '../../../../../server/rest.ts';

export const GET = rest(getBoard, { takes: 'query' });
