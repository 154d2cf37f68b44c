import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stackEnvironment } from '../config/stack-env.mjs';

/** The root folder of the checkout this code runs from. */
export const CHECKOUT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the stack reads of the environment, `.env` included. */
export const environment = stackEnvironment(CHECKOUT);
