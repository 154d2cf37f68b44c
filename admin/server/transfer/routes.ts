import { requireActor } from '../authenticate.ts';
import { exportEndpoints } from '../endpoints/export.ts';
import { VerbError } from '../errors.ts';
import { readCapped, readJson, readQuery } from '../read-json.ts';
import { answering, json, type RouteHandler } from '../rest.ts';
import { runVerb } from '../verb.ts';
import { applyFile } from './apply.ts';
import { exportConfiguration } from './export.ts';
import { importHookwise } from './hookwise/import.ts';

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\b/i;
const YAML_TYPE = /^(application\/(x-)?yaml|text\/(x-)?yaml|text\/plain)\b/i;
const BACKUP_TYPE = /^(application\/(x-)?(json|octet-stream)|text\/plain)\b/i;

/** The file with kept or named secrets; asked for with a passphrase in the body, with encrypted ones. */
export const exportWithQuery: RouteHandler = (request) =>
  answering(async (context) => {
    const actor = await requireActor(context, request);
    return yaml(await runVerb(exportConfiguration, { ...context, actor }, { query: readQuery(request.url) }));
  });

export const exportWithBody: RouteHandler = (request) =>
  answering(async (context) => {
    const actor = await requireActor(context, request);
    return yaml(await runVerb(exportConfiguration, { ...context, actor }, { body: await readJson(request) }));
  });

/** The same of chosen endpoints alone. */
export const exportChosen: RouteHandler = (request) =>
  answering(async (context) => {
    const actor = await requireActor(context, request);
    return yaml(await runVerb(exportEndpoints, { ...context, actor }, { body: await readJson(request) }));
  });

/** Takes the YAML file itself, or JSON with the file and what opens its secrets. */
export const applyRoute: RouteHandler = (request) =>
  answering(async (context) => {
    const actor = await requireActor(context, request);
    const type = request.headers.get('content-type') ?? '';
    const isYaml = YAML_TYPE.test(type);
    if (!isYaml && !JSON_TYPE.test(type))
      throw new VerbError('unsupported-media', 'Send the file as application/yaml, or as application/json in "file".');
    const body = isYaml ? { file: await readText(request) } : await readJson(request);
    return json(await runVerb(applyFile, { ...context, actor }, { query: readQuery(request.url), body }));
  });

/** Takes the backup itself, or JSON with the backup and the key that opens its tokens. */
export const importRoute: RouteHandler = (request) =>
  answering(async (context) => {
    const actor = await requireActor(context, request);
    if (!BACKUP_TYPE.test(request.headers.get('content-type') ?? ''))
      throw new VerbError('unsupported-media', 'Send the backup as application/json.');
    const text = await readText(request);
    return json(
      await runVerb(importHookwise, { ...context, actor }, { query: readQuery(request.url), body: parsedOrText(text) }),
    );
  });

async function readText(request: Request): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readCapped(request));
  } catch (cause) {
    if (cause instanceof VerbError) throw cause;
    const message = 'The file is not in UTF-8. Save it so.';
    throw new VerbError('invalid', message, { faults: [{ path: '', message }], cause });
  }
}

/** What is no JSON goes on as text: whoever reads the backup says where it ends. */
function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function yaml(text: string): Response {
  return new Response(text, {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': 'attachment; filename="hookwise.yaml"',
      'cache-control': 'no-store',
    },
  });
}
