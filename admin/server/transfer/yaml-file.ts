import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import { invalid, VerbError, type FieldFault } from '../errors.ts';

/** A fault with its place in a file; line and column count from 1. */
export interface LocatedFault extends FieldFault {
  line: number;
  column: number;
}

/** A YAML file that could be read: its value, and where things stand in it. */
export interface YamlFile {
  value: unknown;
  /** The fault with the line of its path, or of the nearest thing around it that stands in the file. */
  locate(fault: FieldFault): LocatedFault;
}

/** Reads one YAML 1.2 document. Throws `invalid` with line, column and remedy for what is no YAML, holds a name twice, or unfolds too far. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const errors = [...document.errors, ...document.warnings].map(({ message, pos }): LocatedFault => {
    return { path: '', message: `${sentence(message)} Mend the YAML here.`, ...at(pos[0]) };
  });
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document)) return;
      const message = `There is no anchor &${node.source} for this alias. Write the thing out.`;
      errors.push({ path: '', message, ...at(node.range?.[0] ?? 0) });
    },
  });
  if (errors.length > 0) throw invalidAt(errors);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 1000 }) as unknown;
  } catch (cause) {
    const message = 'The aliases of this file unfold too far. Write the things out.';
    throw new VerbError('invalid', message, { faults: [{ path: '', message }], cause });
  }
  return { value, locate: (fault) => ({ ...fault, ...at(offsetOf(document, fault.path)) }) };
}

/** `invalid` whose message names the first line. */
export function invalidAt(faults: readonly LocatedFault[]): VerbError {
  const [first] = faults;
  if (!first) return invalid(faults);
  const message = `line ${first.line}, column ${first.column}: ${first.path ? `${first.path}: ` : ''}${first.message}`;
  return new VerbError('invalid', faults.length > 1 ? `${message} (and ${faults.length - 1} more)` : message, {
    faults,
  });
}

function offsetOf(document: Document, path: string): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path === '' ? [] : path.split('.')) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (!pair) return offset;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function sentence(message: string): string {
  const [first = ''] = message.split('\n');
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
