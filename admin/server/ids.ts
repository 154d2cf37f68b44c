import { z } from 'zod';

/** The id of a thing in an address. What is no id reads as "not there" (see `runVerb`). */
export const IdInput = z.uuid().toLowerCase();
