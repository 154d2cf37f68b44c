/** Asks the language model how it is, on the worker, and keeps the answer in Postgres. */
export const MODEL_CHECK_WORKFLOW = 'modelCheckWorkflow';
export const MODEL_CHECK_WORKFLOW_ID = 'model-check';
