'use client';

import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { tryTenant } from '../../app/(console)/tenants/actions.ts';

const PAUSE_MS = 250;

/** Says, as it is typed, which company a tenant's name leads to. */
export function TenantTester() {
  const [tenant, setTenant] = useState('');
  const [said, setSaid] = useState<{ words: string; tone: string } | null>(null);
  useEffect(() => {
    if (tenant.trim() === '') return setSaid(null);
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const acted = await tryTenant(tenant).catch(() => null);
      if (isCurrent) setSaid(wordsOf(acted));
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [tenant]);
  return (
    <section className="card tools" aria-label="Try a tenant">
      <TextInput
        className="grow"
        label="Try a tenant"
        placeholder="Acme Vienna"
        autoComplete="off"
        value={tenant}
        onChange={(event) => setTenant(event.currentTarget.value)}
      />
      <p className="grow wrap" role="status">
        {said === null ? (
          <span className="quiet">The company that it leads to stands here.</span>
        ) : (
          <span className={`badge-text ${said.tone}`}>{said.words}</span>
        )}
      </p>
    </section>
  );
}

function wordsOf(acted: Awaited<ReturnType<typeof tryTenant>> | null): { words: string; tone: string } {
  if (acted === null) return { words: 'The console does not answer.', tone: 'bad' };
  if (!acted.ok) return { words: acted.message, tone: 'bad' };
  const { match } = acted.value;
  return match === null
    ? { words: 'No tenant fits: the endpoint’s own company holds.', tone: 'warn' }
    : { words: `Company ${match.companyId}, by “${match.tenant}”.`, tone: 'good' };
}
