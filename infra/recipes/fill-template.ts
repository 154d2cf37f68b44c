/** A sender's template with its variables put in, longest names first, as the sender does it; a test body is made so from the very text that is pasted. */
export function fillTemplate(template: string, variables: Record<string, string>): string {
  return Object.keys(variables)
    .sort((one, other) => other.length - one.length)
    .reduce((text, name) => text.replaceAll(name, () => variables[name] ?? ''), template);
}
