/** The environment of the all-in-one: what was given, completed from the file `.env` of the checkout (what was given wins). */
export function stackEnvironment(checkout: string): Record<string, string | undefined>;
