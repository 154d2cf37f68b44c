'use client';

import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { replay } from '../../app/(console)/history/actions.ts';
import { useAct } from '../../lib/use-act.ts';

/** Takes the recorded bytes through the rules again, of today or of then, and shows what becomes of it. */
export function ReplayButtons({ id }: { id: string }) {
  const router = useRouter();
  const { run, isBusy } = useAct();
  const again = async (rules: 'recorded' | 'today') => {
    const acted = await run(() => replay(id, rules), 'Replayed as a new webhook.');
    if (acted.ok) router.push(`/history/${acted.value.request_id}`);
  };
  return (
    <div className="tools">
      <Button
        variant="default"
        disabled={isBusy}
        leftSection={<IconRepeat size={16} aria-hidden="true" />}
        onClick={() => again('today')}
      >
        Replay with today’s rules
      </Button>
      <Button variant="default" disabled={isBusy} onClick={() => again('recorded')}>
        As recorded
      </Button>
    </div>
  );
}
