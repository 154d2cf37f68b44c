/** A place in a body: names and numbers from its top. */
export type Steps = readonly (string | number)[];

/** A place as our paths write it: `$.monitor.name`, `$.items[0]`, `$['odd name']`. */
export function pathText(steps: Steps, root = '$'): string {
  return steps.reduce<string>(
    (text, step) =>
      typeof step === 'number'
        ? `${text}[${step}]`
        : /^[A-Za-z_][\w]*$/.test(step)
          ? `${text}.${step}`
          : `${text}['${step.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`,
    root,
  );
}

/** The path seen from one alert: relative to the item where `splitPath` takes the body apart, from `$root` beside it. */
export function pathInAlert(steps: Steps, splitPath: unknown): string {
  if (typeof splitPath !== 'string' || splitPath.trim() === '') return pathText(steps);
  const at = steps.findIndex((step) => typeof step === 'number');
  const isItem = at >= 0 && `${pathText(steps.slice(0, at))}[*]` === splitPath.trim();
  return isItem ? pathText(steps.slice(at + 1)) : pathText(steps, '$root');
}

/** What a field holds after a value of the body was clicked; null where the field takes neither paths nor values. */
export function inserted(
  field: string,
  current: unknown,
  clicked: { steps: Steps; value: string; splitPath: unknown },
): unknown {
  const path = pathInAlert(clicked.steps, clicked.splitPath);
  const text = typeof current === 'string' ? current : '';
  if (field === 'ticketing.splitPath') return splitText(clicked.steps);
  if (field === 'ticketing.triggerField' || /routingRules\.\d+\.path$/.test(field)) return path;
  if (/routingRules\.\d+\.pattern$/.test(field)) return `^${clicked.value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
  if (field === 'ticketing.openValues' || field === 'ticketing.closeValues') return added(current, clicked.value);
  if (field === 'ticketing.tenantPaths') return added(current, path);
  if (field === 'ticketing.descriptionTemplate') return joined(text, `{${path}}`);
  if (!field.startsWith('ticketing.mapping.')) return null;
  return text.includes('{') || (text !== '' && !text.startsWith('$')) ? joined(text, `{${path}}`) : path;
}

function splitText(steps: Steps): string {
  const at = steps.findIndex((step) => typeof step === 'number');
  return at < 0 ? pathText(steps) : `${pathText(steps.slice(0, at))}[*]`;
}

function added(list: unknown, value: string): string[] {
  const known = Array.isArray(list) ? list.map(String) : [];
  return known.includes(value) ? known : [...known, value];
}

function joined(text: string, more: string): string {
  return text === '' || /\s$/.test(text) ? text + more : `${text} ${more}`;
}
