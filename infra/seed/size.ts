/** How much is made, over how many days up to now. */
export interface SeedSize {
  webhooks: number;
  days: number;
  endpoints: number;
  incidentsPerEndpoint: number;
}

export const SMALL: SeedSize = { webhooks: 3_000, days: 7, endpoints: 8, incidentsPerEndpoint: 10 };
export const LARGE: SeedSize = { webhooks: 1_000_000, days: 30, endpoints: 500, incidentsPerEndpoint: 20 };

export const DAY_MS = 86_400_000;

/** What the making goes by: the same sizes give data of the same shape. */
export interface SeedRun {
  size: SeedSize;
  now: Date;
  say(line: string): void;
}
