import type { Operation } from '../openapi-paths.ts';
import { ApiKeyInput, ApiKeyPage, ApiKeyQuery, ApiKeyView, NewApiKey } from '../api-keys/schemas.ts';
import {
  PasskeyList,
  PasskeyPatch,
  PasskeyView,
  PasswordResetInput,
  SessionList,
  UserInput,
  UserPage,
  UserPatch,
  UserQuery,
  UserView,
} from './schemas.ts';

/** Who may do what: people, their sessions, API keys. */
export const ACCESS_PATHS: Record<string, Record<string, Operation>> = {
  '/users': {
    get: { summary: 'Everybody who may sign in', query: UserQuery, answers: { 200: UserPage } },
    post: { summary: 'Somebody new', body: UserInput, answers: { 201: UserView }, mayConflict: true },
  },
  '/users/{id}': {
    get: { summary: 'One user; oneself as "me"', answers: { 200: UserView } },
    patch: {
      summary: 'Change role, company or name, disable or enable',
      body: UserPatch,
      answers: { 200: UserView },
      mayConflict: true,
    },
    delete: { summary: 'Delete a user', answers: { 204: null }, mayConflict: true },
  },
  '/users/{id}/password': {
    post: { summary: 'A new password; every session ends', body: PasswordResetInput, answers: { 204: null } },
  },
  '/users/{id}/sessions': {
    get: { summary: 'Open sessions; one’s own as "me"', answers: { 200: SessionList } },
    delete: { summary: 'End every session but the one that asks', answers: { 204: null } },
  },
  '/users/{id}/sessions/{session}': { delete: { summary: 'End a session', answers: { 204: null } } },
  '/users/{id}/passkeys': {
    get: { summary: 'Passkeys; one’s own as "me"', answers: { 200: PasskeyList } },
  },
  '/users/{id}/passkeys/{passkey}': {
    patch: { summary: 'Give a passkey another name', body: PasskeyPatch, answers: { 200: PasskeyView } },
    delete: { summary: 'Take a passkey away', answers: { 204: null } },
  },
  '/api-keys': {
    get: { summary: 'API keys, revoked ones among them', query: ApiKeyQuery, answers: { 200: ApiKeyPage } },
    post: { summary: 'Make an API key; the answer alone tells it', body: ApiKeyInput, answers: { 201: NewApiKey } },
  },
  '/api-keys/{id}': {
    get: { summary: 'One API key', answers: { 200: ApiKeyView } },
    delete: { summary: 'Revoke an API key', answers: { 204: null } },
  },
};
