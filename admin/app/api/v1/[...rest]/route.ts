import { VerbError } from '../../../../server/errors.ts';
import { answering } from '../../../../server/rest.ts';

const nowhere = (): Promise<Response> =>
  answering(() =>
    Promise.reject(new VerbError('not-found', 'There is nothing at this address; see /api/v1/openapi.json.')),
  );

export { nowhere as GET, nowhere as POST, nowhere as PUT, nowhere as PATCH, nowhere as DELETE };
