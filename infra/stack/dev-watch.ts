import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './checkout.ts';

const QUIET_MS = 300;

/** What is started again when files of a room change. The console watches its sources by itself. */
const RESTARTS: Readonly<Record<string, readonly string[]>> = {
  ingress: ['ingress'],
  activities: ['worker'],
  workflows: ['ingress', 'worker'],
  infra: ['ingress', 'worker'],
};

/**
 * Watches the rooms and names the parts to start again, once the changes have calmed down. Node's own watch mode is of no
 * use here: its messages between threads break the Temporal worker's.
 */
export function watchSources(restart: (part: string) => void): { close: () => void } {
  const due = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watchers: FSWatcher[] = Object.entries(RESTARTS).map(([room, parts]) =>
    watch(join(CHECKOUT, room), { recursive: true }, (_event, file) => {
      if (!file?.endsWith('.ts')) return;
      for (const part of parts) due.add(part);
      clearTimeout(timer);
      timer = setTimeout(() => {
        for (const part of due) restart(part);
        due.clear();
      }, QUIET_MS);
    }),
  );
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
