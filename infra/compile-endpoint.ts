import type { EndpointConfig } from '../workflows/contracts/endpoint-config.ts';
import { MAPPED_FIELDS } from '../workflows/contracts/endpoint-config.ts';
import type {
  CompiledEndpoint,
  CompiledPath,
  CompiledRule,
  CompiledText,
  ExpressionFault,
} from '../workflows/domain/compiled-endpoint.ts';
import { compileWindow } from '../workflows/domain/maintenance.ts';
import { ROUTED_NAMES } from '../workflows/domain/routing.ts';
import { comparableValues } from '../workflows/domain/trigger.ts';
import { findOverlaps } from '../workflows/domain/window-overlap.ts';
import { compilePath } from './jsonpath.ts';
import { compilePattern } from './regex.ts';
import { compileMapping, compileTemplate } from './text-template.ts';

/**
 * Reads the expressions of a configuration once, for all webhooks planned with that version. Never throws: what cannot be
 * read never matches and is named in `faults`.
 */
export function compileEndpoint(config: EndpointConfig): CompiledEndpoint {
  const faults: ExpressionFault[] = [];
  const doubts: ExpressionFault[] = [];
  const { ticketing } = config;
  const paths = new Map<string, CompiledPath>();
  const path = (text: string, place: string): CompiledPath | null => {
    doubts.push(...atSignDoubt(text, place));
    const known = paths.get(text);
    if (known !== undefined) return known;
    const result = compilePath(text);
    if (result.ok) {
      paths.set(text, result.path);
      return result.path;
    }
    faults.push({ path: place, message: result.message });
    return null;
  };
  for (const { earlier, later } of findOverlaps(config.maintenance, Date.now())) {
    doubts.push({
      path: `maintenance.${later}`,
      message: `overlaps maintenance.${earlier}; where both are on, hold wins over skip. Move one of them if that is not meant.`,
    });
  }
  return {
    config,
    trigger: path(ticketing.triggerField, 'ticketing.triggerField'),
    openValues: comparableValues(ticketing.openValues),
    closeValues: comparableValues(ticketing.closeValues),
    split: isBlank(ticketing.splitPath) ? null : path(ticketing.splitPath, 'ticketing.splitPath'),
    mapping: compileMappings(config, faults, doubts),
    template: compileDescription(ticketing.descriptionTemplate, faults),
    rules: compileRules(config, faults, path),
    tenantPaths: (ticketing.tenantPaths ?? []).flatMap(
      (text, index) => path(text, `ticketing.tenantPaths.${index}`) ?? [],
    ),
    windows: config.maintenance.flatMap((window, index) => {
      const result = compileWindow(window);
      if (result.ok) return [result.window];
      faults.push({ path: `maintenance.${index}`, message: result.message });
      return [];
    }),
    faults,
    doubts,
  };
}

/** Every expression of a configuration that cannot be read, with its place and a sentence. Empty when it may be saved. */
export function validateEndpointExpressions(config: EndpointConfig): ExpressionFault[] {
  return [...compileEndpoint(config).faults];
}

function compileMappings(
  config: EndpointConfig,
  faults: ExpressionFault[],
  doubts: ExpressionFault[],
): CompiledEndpoint['mapping'] {
  return MAPPED_FIELDS.flatMap((field) => {
    const value = config.ticketing.mapping[field];
    if (isBlank(value)) return [];
    const { text, faults: found, doubts: doubtful } = compileMapping(value);
    faults.push(...found.map((message) => ({ path: `ticketing.mapping.${field}`, message })));
    doubts.push(...doubtful.map((message) => ({ path: `ticketing.mapping.${field}`, message })));
    if (text.form === 'path') doubts.push(...atSignDoubt(text.path.text, `ticketing.mapping.${field}`));
    if (found.length === 0 && !namesPath(text))
      doubts.push({ path: `ticketing.mapping.${field}`, message: 'names no path, so it is never used' });
    return [{ field, text }];
  });
}

/** `@` stands for the item in filters only. */
function atSignDoubt(text: string, place: string): ExpressionFault[] {
  const trimmed = text.trim();
  if (!/^@(?:[.[]|$)/.test(trimmed)) return [];
  return [
    {
      path: place,
      message: `“@” is a field of that name here; it stands for the item only inside a filter. Write $${trimmed.slice(1)}`,
    },
  ];
}

function namesPath(text: CompiledText): boolean {
  if (text.form === 'path') return true;
  return (text.form === 'text' ? text.parts : text.words.flat()).some((part) => part.kind === 'path');
}

function compileDescription(template: string | null, faults: ExpressionFault[]): CompiledEndpoint['template'] {
  if (isBlank(template)) return null;
  const { text, faults: found } = compileTemplate(template);
  faults.push(...found.map((message) => ({ path: 'ticketing.descriptionTemplate', message })));
  return text;
}

function compileRules(
  config: EndpointConfig,
  faults: ExpressionFault[],
  path: (text: string, place: string) => CompiledPath | null,
): CompiledRule[] {
  return config.ticketing.routingRules.flatMap((rule, index) => {
    const place = `ticketing.routingRules.${index}`;
    const compiledPath = path(rule.path, `${place}.path`);
    const compiled = compilePattern(rule.pattern);
    if (!compiled.ok) faults.push({ path: `${place}.pattern`, message: compiled.message });
    if (compiledPath === null || !compiled.ok) return [];
    return [
      {
        index,
        pathText: rule.path,
        patternText: rule.pattern,
        path: compiledPath,
        pattern: compiled.pattern,
        sets: ROUTED_NAMES.flatMap((field) => {
          const value = rule.overrides[field]?.trim();
          return value === undefined || value === '' ? [] : [[field, value] as const];
        }),
        drops: rule.overrides.drop === true,
      },
    ];
  });
}

function isBlank(text: string | null | undefined): text is null | undefined {
  return text === null || text === undefined || text.trim() === '';
}
