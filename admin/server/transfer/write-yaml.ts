import { Document, isMap, isScalar, isSeq } from 'yaml';

const HEAD = [
  ' The configuration of a HookWise. Read infra/docs/export-and-import.md for its form.',
  ' Try it: npm run hookwise -- apply <this file> --dry-run',
].join('\n');

/** A configuration as YAML for people: in the given order, an empty line between things, long texts as blocks. */
export function writeYaml(value: Record<string, unknown>): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  document.commentBefore = HEAD;
  if (isMap(document.contents)) {
    for (const [index, { key, value: part }] of document.contents.items.entries()) {
      if (isScalar(key) && index > 0) key.spaceBefore = true;
      if (!isSeq(part)) continue;
      part.items.forEach((item, at) => {
        if (isMap(item) && at > 0 && key !== null) item.spaceBefore = true;
      });
    }
  }
  return document.toString({ lineWidth: 0, blockQuote: 'literal' });
}
