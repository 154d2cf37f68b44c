import type { MappedField, TicketingConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { TicketDraft } from '../../workflows/contracts/plan.ts';
import { opened, type CorpusCase } from './corpus-case.ts';

const BODY = {
  host: 'web-1',
  region: 'eu',
  port: 8080,
  zero: 0,
  no: false,
  blank: '  ',
  nothing: null,
  list: ['sda', 'sdb'],
  items: [{ name: 'b', size: 5 }],
  braces: '{$.host}',
  token1: 'x',
};

/** What a mapped text becomes: used only if at least one path finds something that is not blank. */
const TEXTS: readonly (readonly [text: string, value: string | null])[] = [
  ['Host $.host', 'Host web-1'],
  ['$.host down', 'web-1 down'],
  ['$.host $.region', 'web-1 eu'],
  ['$.host   $.region', 'web-1 eu'],
  ['$.host\n$.region', 'web-1 eu'],
  ['Host $.host in $.region now', 'Host web-1 in eu now'],
  ['$.host is $.missing', 'web-1 is'],
  ['$.missing is $.host', 'is web-1'],
  ['Only words here', null],
  ['$.missing and $.gone', null],
  ['$.blank words', null],
  ['$.nothing words', null],
  ['$.zero errors', '0 errors'],
  ['$.no word', 'false word'],
  ['$.list[0] is full', 'sda is full'],
  ['$.list[-1] is full', 'sdb is full'],
  ['$.list[*] is full', 'sda is full'],
  ['costs $5 on $.host', 'costs $5 on web-1'],
  ['{{ msg }}', null],
  ['{{ msg }} $.host', '{{ msg }} web-1'],
  ['{$.host}', 'web-1'],
  ['Host {$.host}', 'Host web-1'],
  ['{$.host}:{$.port}', 'web-1:8080'],
  ['[{$.region}] {$.host}', '[eu] web-1'],
  ['Trigger {$.missing} on {$.host}', 'Trigger  on web-1'],
  ['({$.missing}) {$.region}', '() eu'],
  ['{$.missing}', null],
  ['On {$.missing}', null],
  ['{$.blank} errors', null],
  ['{$.zero} errors', '0 errors'],
  ['{$.list[-1]} and {$.list[0]}', 'sdb and sda'],
  ["{$.items[?(@.name=='b')].size} MB", '5 MB'],
  ['{$.missing|$.region}', 'eu'],
  ['{$..size} MB', '5 MB'],
  ['{$.list}', '["sda","sdb"]'],
  ['{$.braces} stays', '{$.host} stays'],
  ['region', 'eu'],
  ['NOC', null],
];

/** The eleven fields, with what each becomes on the ticket. */
const FIELDS: readonly (readonly [MappedField, keyof TicketDraft])[] = [
  ['ticket_type', 'type'],
  ['subtype', 'subtype'],
  ['item', 'item'],
  ['priority', 'priority'],
  ['board', 'board'],
  ['status', 'status'],
  ['severity', 'severity'],
  ['impact', 'impact'],
];

const own = (field: keyof TicketDraft): Partial<TicketingConfig> => ({ [field]: 'Medium' });

export const MAPPINGS: readonly CorpusCase[] = [
  ...TEXTS.map(([text, value]) =>
    opened(`mapping.board “${text}” gives ${value ?? 'nothing'}`, { mapping: { board: text } }, BODY, {
      ticket: { board: value },
    }),
  ),
  ...FIELDS.flatMap(([field, on]) => [
    opened(
      `mapping.${field} replaces the endpoint's own`,
      { ...own(on), mapping: { [field]: '$.level' } },
      { level: ' High ' },
      { ticket: { [on]: 'High' }, mapped: { [field]: 'High' } },
    ),
    opened(
      `a blank mapping.${field} leaves the endpoint's own`,
      { ...own(on), mapping: { [field]: '$.level' } },
      { level: ' ' },
      { ticket: { [on]: 'Medium' }, mapped: {} },
    ),
    opened(
      `a null mapping.${field} leaves the endpoint's own`,
      { ...own(on), mapping: { [field]: '$.level' } },
      { level: null },
      { ticket: { [on]: 'Medium' }, mapped: {} },
    ),
  ]),
  opened('mapping.summary stands behind the prefix', { mapping: { summary: '$.host' } }, BODY, {
    ticket: { summary: 'Alert: web-1' },
    name: 'Unknown Source',
  }),
  opened(
    'a summary that maps to nothing leaves the name',
    { mapping: { summary: '$.gone' } },
    { name: 'Web' },
    {
      ticket: { summary: 'Alert: Web' },
    },
  ),
  opened(
    'mapping.customer_id is the company',
    { companyId: 'OWN', mapping: { customer_id: '$.customer' } },
    { customer: 'ACME' },
    {
      company: ['ACME', 'mapping'],
      customer: 'ACME',
    },
  ),
  opened(
    'mapping.customer_id may be a number',
    { mapping: { customer_id: '$.customer' } },
    { customer: 250 },
    {
      company: ['250', 'mapping'],
    },
  ),
  opened(
    'mapping.description keeps its lines',
    { mapping: { description: 'Trigger: {$.host}\nRegion: {$.region}' } },
    BODY,
    { ticket: { description: 'Trigger: web-1\nRegion: eu' } },
  ),
  opened(
    'mapping.description goes before the template',
    { descriptionTemplate: 'template', mapping: { description: '$.host' } },
    BODY,
    { ticket: { description: 'web-1' } },
  ),
  opened(
    'several fields at once',
    { mapping: { summary: '{$.host} {$.region}', board: '$.region', priority: 'P $.zero', item: '$.gone' } },
    BODY,
    { ticket: { summary: 'Alert: web-1 eu', board: 'eu', priority: 'P 0', item: null } },
  ),
  opened(
    'a tag of Uptime Kuma is found by its name',
    { mapping: { customer_id: "$.monitor.tags[?(@.name=='CW_ID')].value" } },
    {
      monitor: {
        name: 'Web',
        tags: [
          { name: 'env', value: 'prod' },
          { name: 'CW_ID', value: 'ACME' },
        ],
      },
    },
    { company: ['ACME', 'mapping'], ticket: { summary: 'Alert: Web' } },
  ),
];
