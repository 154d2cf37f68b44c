import { contextOf } from '../../../../server/context.ts';

const handler = (request: Request): Promise<Response> => contextOf().auth.handler(request);

export { handler as GET, handler as POST };
