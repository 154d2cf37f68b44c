/** The regular check of all endpoints, started by a Temporal schedule of the same name. */
export const ENDPOINT_CHECK_WORKFLOW = 'endpointCheckWorkflow';
export const ENDPOINT_CHECK_SCHEDULE = 'endpoint-check';

/** What one slice of the check did; `next` is the id to go on after, null at the end. */
export interface EndpointCheckSlice {
  checked: number;
  /** Endpoints with a problem. */
  bad: number;
  next: string | null;
}

export interface EndpointCheckEnd {
  checked: number;
  bad: number;
}
