import { z } from 'zod';
import type { Operation } from '../openapi-paths.ts';
import { BulkInput, BulkView } from './bulk.ts';
import { ExportEndpointsInput } from './export.ts';
import { EndpointView } from './schemas.ts';

/** What is done to several endpoints at once, and out of one. */
export const MORE_ENDPOINT_PATHS: Record<string, Record<string, Operation>> = {
  '/endpoints/bulk': {
    post: {
      summary: 'Pause, resume, delete or bring back several endpoints: all of them or none',
      body: BulkInput,
      answers: { 200: BulkView },
    },
  },
  '/endpoints/export': {
    post: {
      summary: 'Several endpoints as YAML, for POST /apply',
      body: ExportEndpointsInput,
      answers: { 200: z.string().meta({ description: 'One YAML file.' }) },
      answersAs: 'application/yaml',
    },
  },
  '/endpoints/{id}/undelete': {
    post: {
      summary: 'Bring back an endpoint that was deleted in the last 24 hours, with its URL, secrets and versions',
      answers: { 200: EndpointView },
      mayConflict: true,
    },
  },
  '/endpoints/{id}/clone': {
    post: {
      summary: 'Make another endpoint like it: a draft with a URL, a token and a signing secret of its own',
      answers: { 201: EndpointView },
    },
  },
};
