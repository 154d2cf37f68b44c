'use client';

import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const ICONS = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' } as const;

/** System, light, dark, and round again; kept in this browser. */
export function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [isShown, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  const scheme = isShown ? colorScheme : 'auto';
  const Icon = ICONS[scheme];
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      title={`Colours: ${WORDS[scheme]}`}
      aria-label={`Colours: ${WORDS[scheme]}. Change to ${WORDS[NEXT[scheme]]}`}
      onClick={() => setColorScheme(NEXT[scheme])}
    >
      <Icon size={18} stroke={1.7} aria-hidden="true" />
    </ActionIcon>
  );
}
