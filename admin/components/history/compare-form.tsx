'use client';

import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent, type ReactNode } from 'react';

/** A list whose rows carry boxes named `pick`: two ticked ones can be compared. */
export function CompareForm({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [picked, setPicked] = useState(0);
  const picks = (form: HTMLFormElement) => new FormData(form).getAll('pick').map(String);
  const compare = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const [first, second] = picks(event.currentTarget);
    if (first !== undefined && second !== undefined)
      router.push(`/history/compare?${new URLSearchParams({ left: second, right: first })}`);
  };
  return (
    <form className="picking" onChange={(event) => setPicked(picks(event.currentTarget).length)} onSubmit={compare}>
      {children}
      {picked > 0 && (
        <div className="save-bar" role="status">
          <span>{picked === 2 ? 'Two are chosen.' : picked === 1 ? 'Choose one more.' : 'Choose two, not more.'}</span>
          <Button type="submit" disabled={picked !== 2} leftSection={<IconArrowsDiff size={16} aria-hidden="true" />}>
            Compare
          </Button>
        </div>
      )}
    </form>
  );
}
