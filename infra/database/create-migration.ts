import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('migrations/', import.meta.url));

/**
 * Makes the next numbered migration file and names it in the list. `name` is words of a to z, 0 to 9 joined by `-`. Returns
 * a sentence with the new file's path; throws a sentence for a bad or taken name.
 */
export function createMigration(name: string, folder = FOLDER): string {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error(
      'Name the migration in lower case words joined by "-", such as: npm run migrate -- create add-colour',
    );
  const numbers = readdirSync(folder).flatMap((file) => /^(\d{4})-(.+)\.ts$/.exec(file)?.slice(1, 3) ?? []);
  if (numbers.includes(name)) throw new Error(`There is a migration named "${name}" already.`);
  const last = Math.max(0, ...numbers.filter((text) => /^\d{4}$/.test(text)).map(Number));
  const number = String(last + 1).padStart(4, '0');
  const className = `Migration${number}${name
    .split('-')
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('')}`;
  const file = `${folder}/${number}-${name}.ts`.replace('//', '/');
  const list = `${folder}/index.ts`.replace('//', '/');
  const before = readFileSync(list, 'utf8');
  const after = before
    .replace(/\n\n/, `\nimport { ${className} } from './${number}-${name}.ts';\n\n`)
    .replace(/,?\s*\];/, `,\n  { name: '${number}-${name}', class: ${className} },\n];`);
  writeFileSync(file, template(className), { flag: 'wx' });
  writeFileSync(list, after);
  return `Made ${file}: write its statements, then run "npm run migrate".`;
}

function template(className: string): string {
  return `import { Migration } from '@mikro-orm/migrations';

/** What changes, and why. */
export class ${className} extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

const STATEMENTS: string[] = [];
`;
}
