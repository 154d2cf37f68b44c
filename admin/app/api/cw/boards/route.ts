import { listHookwiseBoards } from '../../../../server/hookwise-addresses/boards.ts';
import { rest } from '../../../../server/rest.ts';

export const GET = rest(listHookwiseBoards);
