import { newestVersion } from './auth.ts';
import { attachChildren, mergeTickets } from './bundling.ts';
import { catalogRoutes } from './catalog-routes.ts';
import { attachConfiguration, createDocument, detachConfiguration, listConfigurations } from './configurations.ts';
import * as notes from './notes.ts';
import type { Right } from './roles.ts';
import type { Route } from './router.ts';
import * as tickets from './tickets.ts';

const ticketRoute = (method: Route['method'], path: string, right: Right, handle: Route['handle']): Route => ({
  method,
  path: `/service/tickets${path}`,
  module: 'serviceTickets',
  right,
  handle,
});

const ticketRoutes: readonly Route[] = [
  ticketRoute('GET', '', 'inquire', tickets.listTickets),
  ticketRoute('POST', '', 'add', tickets.createTicket),
  ticketRoute('GET', '/count', 'inquire', tickets.countTickets),
  ticketRoute('POST', '/search', 'inquire', tickets.searchTickets),
  ticketRoute('GET', '/:id', 'inquire', tickets.readTicket),
  ticketRoute('PATCH', '/:id', 'edit', tickets.patchTicket),
  ticketRoute('PUT', '/:id', 'edit', tickets.replaceTicket),
  ticketRoute('DELETE', '/:id', 'delete', tickets.deleteTicket),
  ticketRoute('POST', '/:id/merge', 'edit', mergeTickets),
  ticketRoute('POST', '/:id/attachChildren', 'edit', attachChildren),
  ticketRoute('POST', '/:id/convert', 'edit', tickets.convertTicket),
  ticketRoute('GET', '/:id/notes', 'inquire', notes.listNotes),
  ticketRoute('POST', '/:id/notes', 'edit', notes.createNote),
  ticketRoute('GET', '/:id/notes/count', 'inquire', notes.countNotes),
  ticketRoute('GET', '/:id/allNotes', 'inquire', notes.listAllNotes),
  ticketRoute('GET', '/:id/notes/:noteId', 'inquire', notes.readNote),
  ticketRoute('PATCH', '/:id/notes/:noteId', 'edit', notes.patchNote),
  ticketRoute('PUT', '/:id/notes/:noteId', 'edit', notes.replaceNote),
  ticketRoute('DELETE', '/:id/notes/:noteId', 'delete', notes.deleteNote),
  ticketRoute('GET', '/:id/configurations', 'inquire', listConfigurations),
  ticketRoute('POST', '/:id/configurations', 'edit', attachConfiguration),
  ticketRoute('DELETE', '/:id/configurations/:configurationId', 'edit', detachConfiguration),
];

const systemRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/system/info',
    module: null,
    right: 'inquire',
    handle: () => ({
      status: 200,
      body: {
        version: `v${newestVersion}`,
        isCloud: true,
        serverTimeZone: 'UTC',
        cloudRegion: 'NA',
        licenseBits: [],
      },
    }),
  },
  {
    method: 'GET',
    path: '/system/callbacks',
    module: 'system',
    right: 'inquire',
    handle: (world, call) => world.callbacks.list(world, call),
  },
  {
    method: 'POST',
    path: '/system/callbacks',
    module: 'system',
    right: 'add',
    handle: (world, call) => world.callbacks.create(world, call),
  },
  {
    method: 'GET',
    path: '/system/callbacks/:id',
    module: 'system',
    right: 'inquire',
    handle: (world, call) => world.callbacks.read(world, call),
  },
  {
    method: 'DELETE',
    path: '/system/callbacks/:id',
    module: 'system',
    right: 'delete',
    handle: (world, call) => world.callbacks.remove(world, call),
  },
  {
    method: 'POST',
    path: '/system/documents',
    module: 'serviceTickets',
    right: 'edit',
    body: 'multipart',
    handle: createDocument,
  },
];

export const routes: readonly Route[] = [...ticketRoutes, ...catalogRoutes, ...systemRoutes];
