'use client';

import '@mantine/spotlight/styles.layer.css';
import { useMantineColorScheme } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconAlertTriangle, IconMoon, IconPlus, IconSearch, IconSun, IconWebhook } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import { mayOpen, navOf, type Opener } from '../../config/nav.ts';
import { mayLeave } from '../../lib/leave-guard.ts';
import { NavIcon } from './nav-icon.tsx';
import { useFound } from './use-found.ts';

const [store, spotlight] = createSpotlight();

/** Commands by name, those that are for `viewer`: pages, what can be made, colours, and the endpoints and incidents that match what is typed. */
export function Palette({ viewer, onClose }: { viewer: Opener; onClose(): void }) {
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const [query, setQuery] = useState('');
  const found = useFound(query);
  useEffect(() => spotlight.open(), []);
  useEffect(selectFirst, [query, found]);

  const go = (id: string, label: string, href: string, leftSection: ReactNode, description = '') => ({
    id,
    label,
    description,
    leftSection,
    onClick: () => mayLeave(href) && router.push(href),
  });
  const pages = navOf(viewer).map(({ href, label, icon }) => go(href, label, href, <NavIcon name={icon} />));
  const doing: SpotlightActionData[] = [
    ...(mayOpen(viewer, '/endpoints/new') ? [go('new', 'New endpoint', '/endpoints/new', <IconPlus size={18} />)] : []),
    { id: 'light', label: 'Light colours', leftSection: <IconSun size={18} />, onClick: () => setColorScheme('light') },
    { id: 'dark', label: 'Dark colours', leftSection: <IconMoon size={18} />, onClick: () => setColorScheme('dark') },
  ];
  const endpoints = found.endpoints.map(({ id, name }) =>
    go(id, name, `/endpoints/${id}`, <IconWebhook size={18} />, 'Endpoint'),
  );
  const incidents = found.incidents.map(({ id, summary, phase }) =>
    go(id, summary, `/incidents/${id}`, <IconAlertTriangle size={18} />, phase),
  );
  const words = query.trim().toLowerCase();
  const named = [...doing, ...pages].filter(({ label }) => label?.toLowerCase().includes(words));
  return (
    <Spotlight
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      filter={(_, actions) => actions}
      actions={[
        { group: 'Commands', actions: named },
        { group: 'Endpoints', actions: endpoints },
        { group: 'Incidents', actions: incidents },
      ].filter(({ actions }) => actions.length > 0)}
      nothingFound="Nothing has this name."
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden="true" />,
        placeholder: 'Page, endpoint or incident',
        'aria-label': 'Page, endpoint or incident',
      }}
    />
  );
}

/** Enter must always have something to choose: what Mantine marked is gone when the list is drawn anew. */
function selectFirst(): void {
  if (document.querySelector('[data-action][data-selected]') === null)
    document.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
}
