/** Hourly upkeep, started by a Temporal schedule of the same name. */
export const UPKEEP_WORKFLOW = 'upkeepWorkflow';
export const UPKEEP_SCHEDULE = 'upkeep';

/** What one run did; days as `YYYYMMDD`. */
export interface UpkeepEnd {
  made: string[];
  dropped: string[];
  kept: { day: string; reason: string }[];
  forgotten: { deliveryKeys: number; refusals: number };
}
