'use client';

import { changeMany } from '../../app/(console)/endpoints/actions.ts';
import { download } from '../../lib/download.ts';
import { postRest } from '../../lib/post-rest.ts';
import { useAct } from '../../lib/use-act.ts';
import { backWords } from './back-words.ts';
import { tellWithUndo } from '../../lib/undo-notice.tsx';

export function countOf(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'endpoint' : 'endpoints'}`;
}

/** What is done to all chosen endpoints at once. */
export function useBulk(ids: readonly string[], onDone: () => void) {
  const { run, isBusy } = useAct();
  const put = async (action: 'pause' | 'resume') => {
    const acted = await run(() => changeMany(action, ids), '');
    if (!acted.ok) return;
    const { changed } = acted.value;
    const [done, back] = action === 'pause' ? (['paused', 'resume'] as const) : (['on again', 'pause'] as const);
    tellWithUndo(
      changed.length === 0 ? `All of them were ${done} before.` : `${countOf(changed.length)} ${done}.`,
      () => (changed.length === 0 ? Promise.resolve() : run(() => changeMany(back, changed), 'Taken back.')),
    );
    onDone();
  };
  const remove = async (incidents: 'close' | 'keep') => {
    const acted = await run(() => changeMany('delete', ids, incidents), '');
    if (!acted.ok) return;
    const { changed } = acted.value;
    const count = countOf(changed.length);
    tellWithUndo(`${count} deleted.`, () => run(() => changeMany('undelete', changed), backWords(count, incidents)));
    onDone();
  };
  const save = async () => {
    const acted = await run(() => postRest<string>('/api/v1/endpoints/export', { ids }), 'The file is being saved.');
    if (acted.ok) download(acted.value, 'hookwise-endpoints.yaml', 'application/yaml');
  };
  return { isBusy, put, remove, save };
}
