import type { TicketingConfig } from '../../workflows/contracts/endpoint-config.ts';
import { opened, raw, type CorpusCase } from './corpus-case.ts';

/** The name of what failed: monitor.name, monitor as a text, title, name, else Unknown Source. */
const NAMES: readonly (readonly [body: unknown, name: string])[] = [
  [{ monitor: { name: 'Web' } }, 'Web'],
  [{ monitor: { name: 'Web' }, title: 'Title', name: 'Name' }, 'Web'],
  [{ monitor: 'Web' }, 'Web'],
  [{ monitor: '', title: 'Title' }, 'Title'],
  [{ monitor: { name: '' }, title: 'Title' }, 'Title'],
  [{ monitor: { name: null }, name: 'Name' }, 'Name'],
  [{ monitor: {}, title: 'Title' }, 'Title'],
  [{ monitor: null, title: 'Title', name: 'Name' }, 'Title'],
  [{ title: 'Title', name: 'Name' }, 'Title'],
  [{ title: null, name: 'Name' }, 'Name'],
  [{ title: '', name: 'Name' }, 'Name'],
  [{ title: '  ', name: 'Name' }, 'Name'],
  [{ name: 'Name' }, 'Name'],
  [{ name: ' Name ' }, 'Name'],
  [{ name: 42 }, '42'],
  [{ host: 'x' }, 'Unknown Source'],
  [{ name: null }, 'Unknown Source'],
  [['a list'], 'Unknown Source'],
  ['only a text', 'Unknown Source'],
];

/** What the sender says: msg, then message, else No message. */
const MESSAGES: readonly (readonly [body: unknown, message: string])[] = [
  [{ msg: 'down' }, 'down'],
  [{ msg: 'down', message: 'other' }, 'down'],
  [{ message: 'other' }, 'other'],
  [{ msg: null, message: 'other' }, 'other'],
  [{ msg: '', message: 'other' }, 'other'],
  [{ msg: 500 }, '500'],
  [{ msg: true }, 'true'],
  [{ msg: { code: 500 } }, '{"code":500}'],
  [raw('{"msg": 1.50}'), '1.50'],
  [{ text: 'x' }, 'No message'],
];

const long = (count: number): string => 'x'.repeat(count);

/** Prefix and subject, removals, white space, and the cut at 99 characters: the first 96 and three dots. */
const SUMMARIES: readonly (readonly [
  why: string,
  ticketing: Partial<TicketingConfig>,
  name: string,
  summary: string,
])[] = [
  ['the environment has the prefix', {}, 'Web', 'Alert: Web'],
  ['a null prefix is the environment’s', { summaryPrefix: null }, 'Web', 'Alert: Web'],
  ['an empty prefix is the environment’s', { summaryPrefix: '' }, 'Web', 'Alert: Web'],
  ['an own prefix', { summaryPrefix: '[NOC]' }, 'Web', '[NOC] Web'],
  ['an own prefix is trimmed', { summaryPrefix: ' [NOC]  ' }, 'Web', '[NOC] Web'],
  ['white space is collapsed', {}, 'Web \t  server\nEU', 'Alert: Web server EU'],
  ['a removal', { summaryRemove: [' (prod)'] }, 'Web (prod)', 'Alert: Web'],
  ['a removal in the middle leaves one blank', { summaryRemove: ['(prod)'] }, 'Web (prod) EU', 'Alert: Web EU'],
  ['each place is removed', { summaryRemove: ['x'] }, 'xWxebx', 'Alert: Web'],
  ['removals are case-sensitive', { summaryRemove: ['web'] }, 'Web web', 'Alert: Web'],
  ['a removal may be in the prefix', { summaryRemove: ['Alert: '] }, 'Web', 'Web'],
  ['several removals', { summaryRemove: ['a', 'b'] }, 'cab', 'Alert: c'],
  ['a removal of all leaves a word', { summaryRemove: ['Alert: Web'] }, 'Web', 'Alert: Summary unavailable'],
  ['#CW tags stay', {}, 'Web #CW-ACME', 'Alert: Web #CW-ACME'],
  ['99 characters stay', {}, long(92), `Alert: ${long(92)}`],
  ['100 characters are cut', {}, long(93), `Alert: ${long(89)}...`],
  ['a very long one is cut', {}, long(5_000), `Alert: ${long(89)}...`],
  ['99 code points stay, whatever their bytes', {}, '😀'.repeat(92), `Alert: ${'😀'.repeat(92)}`],
  ['100 code points are cut between them', {}, '😀'.repeat(93), `Alert: ${'😀'.repeat(89)}...`],
  ['the removal comes before the cut', { summaryRemove: ['yy'] }, `${long(90)}yy${long(2)}`, `Alert: ${long(92)}`],
];

const TEMPLATES: readonly (readonly [template: string, body: unknown, description: string])[] = [
  ['{{ monitor_name }}: {{ msg }}', { name: 'Web', msg: 'down' }, 'Web: down'],
  ['{{monitor_name}}', { name: 'Web' }, 'Web'],
  ['Host {$.host}', { host: 'web-1' }, 'Host web-1'],
  ['Host {$.host} {$.gone}!', { host: 'web-1' }, 'Host web-1 !'],
  ['{{ msg }}', { msg: '{$.host}', host: 'LEAK' }, '{$.host}'],
  ['{{ msg }}', { msg: '{{ monitor_name }}', name: 'LEAK' }, '{{ monitor_name }}'],
  ['{$.a}', { a: '{{ msg }} {$.b}', b: 'LEAK' }, '{{ msg }} {$.b}'],
  ['{{ msg }}', { msg: null }, 'No message'],
  ['{{ msg }}', { msg: { code: 1 } }, '{"code":1}'],
  ['{{ unknown }} {{ msg }}', { msg: 'x' }, '{{ unknown }} x'],
  ['$.host is literal, {$.host} is not', { host: 'web-1' }, '$.host is literal, web-1 is not'],
  ['{$.list[-1]} {$.n}', { list: [1, 2], n: true }, '2 true'],
  ['{$.object}', { object: { a: [1, null] } }, '{"a":[1,null]}'],
  ['line one\n\nline {$.n}', { n: 3 }, 'line one\n\nline 3'],
  ['{$.nothing}.', { nothing: null }, '.'],
];

export const WORDING: readonly CorpusCase[] = [
  ...NAMES.map(([body, name], index) =>
    opened(`name ${index + 1}: ${name}`, {}, body, { name, ticket: { summary: `Alert: ${name}` } }),
  ),
  ...MESSAGES.map(([body, message], index) =>
    opened(`message ${index + 1}: ${message}`, {}, body, { message, tells: [message] }),
  ),
  ...SUMMARIES.map(([why, ticketing, name, summary]) =>
    opened(`summary: ${why}`, ticketing, { name }, { ticket: { summary } }),
  ),
  ...TEMPLATES.map(([descriptionTemplate, body, description], index) =>
    opened(`template ${index + 1}: ${descriptionTemplate}`, { descriptionTemplate }, body, { ticket: { description } }),
  ),
  opened(
    'without a template name, message, request id and JSON are told',
    {},
    raw('{"name":"Web","msg":"down","n":1.50}'),
    {
      tells: ['Web', 'down', 'Request ID: ', '"n": 1.50'],
    },
  ),
  opened(
    'a blank template is none',
    { descriptionTemplate: '  ' },
    { name: 'Web', msg: 'down' },
    {
      tells: ['Web', 'down', '"msg": "down"'],
    },
  ),
];
