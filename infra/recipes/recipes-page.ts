import { fileURLToPath } from 'node:url';
import { RECIPES } from './index.ts';
import type { ExpectedAlert, Recipe, RecipeSample, RecipeStep } from './recipe.ts';

const HEAD = `# Recipes

Ready endpoints for known senders. This page is printed from the data in \`infra/recipes/\` by
\`node infra/recipes/recipes-page.ts\`; a test plans every body below and compares what is said of it here.

\`\`\`bash
curl -X POST "$ADMIN_URL/api/v1/endpoints?recipe=uptime-kuma" -H "Authorization: Bearer $HOOKWISE_API_KEY"
\`\`\`

makes an endpoint and answers its \`url\` and, once, its \`token\` or \`secret\`: these stand for \`{url}\`, \`{token}\` and \`{secret}\` below.
A body sent with it comes before the recipe: \`{ "name": "…", "ticketing": { "board": "NOC" } }\`. \`GET /api/v1/recipes/<id>\` answers a
recipe with its bodies whole. A recipe names no board, status, type or priority, since one that a ticket system lacks would block
the ticket; severity and impact are Low, Medium or High, which every one takes.

Bodies are shortened to their main fields where senders post more.
`;

/** The text of \`infra/docs/recipes.md\`. Print it with \`node infra/recipes/recipes-page.ts\`. */
export function recipesPage(): string {
  const list = RECIPES.map(({ id, name, sentence }) => `| [${name}](#${anchorOf(name)}) | \`${id}\` | ${sentence} |`);
  return [HEAD, '| sender | id | what for |\n|---|---|---|', ...list.map((line) => `${line}`)]
    .join('\n')
    .concat('\n\n', RECIPES.map(section).join('\n'));
}

function section(recipe: Recipe): string {
  const { setup } = recipe;
  return [
    `## ${recipe.name}\n`,
    `${recipe.sentence} ${recipe.endpoint.description}\n`,
    `**Proof**: ${setup.proof}${setup.header === null ? '' : ` Header: \`${setup.header}\`.`}\n`,
    '### Set-up\n',
    ...setup.steps.map(step),
    '\n### The endpoint it makes\n',
    fenced(JSON.stringify(recipe.endpoint, null, 2), 'json'),
    '\n### What becomes of what it posts\n',
    '| body | says | plan |\n|---|---|---|',
    ...recipe.samples.map(row),
    `\nThe first of these bodies:\n\n${fenced(JSON.stringify(recipe.samples[0]?.body, null, 2), 'json')}\n`,
  ].join('\n');
}

function step({ text, paste, language }: RecipeStep, index: number): string {
  const line = `${index + 1}. ${text}`;
  return paste === undefined ? line : `${line}\n\n${indented(fenced(paste, language ?? 'text'))}\n`;
}

function row({ name, says, alerts }: RecipeSample): string {
  return `| ${name} | ${says} | ${alerts.map(planned).join('<br>')} |`;
}

function planned(alert: ExpectedAlert): string {
  const fields = (['severity', 'impact', 'companyId'] as const).flatMap((field) => {
    const value = alert[field];
    return value === undefined ? [] : [`${field} ${value}`];
  });
  const end = alert.skipped === undefined ? '' : `, history only (${alert.skipped})`;
  return `${[alert.kind, `“${alert.summary}”`, ...fields].join(', ')}${end}`;
}

function fenced(text: string, language: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `   ${line}`))
    .join('\n');
}

function anchorOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(recipesPage());
