/** How many hours the activity of an endpoint tells of. */
export const ACTIVITY_HOURS = 24;
