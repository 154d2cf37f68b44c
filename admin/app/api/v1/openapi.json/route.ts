import { openApiDocument } from '../../../../server/openapi.ts';
import { answering, json } from '../../../../server/rest.ts';

let made: object | undefined;

/** Open to everyone: it says what can be asked, nothing of what is kept. */
export const GET = (): Promise<Response> =>
  answering(async ({ config }) => json((made ??= openApiDocument(config.ADMIN_URL))));
