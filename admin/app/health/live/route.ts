import { json } from '../../../server/rest.ts';

export const GET = (): Response => json({ status: 'up' });
