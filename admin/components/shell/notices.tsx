'use client';

import { notificationsStore } from '@mantine/notifications';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';

const Notifications = dynamic(() => import('@mantine/notifications').then((module) => module.Notifications), {
  ssr: false,
});

/** Where notices appear; loaded with the first one, which waits in the store until then. */
export function Notices() {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => notificationsStore.subscribe(() => setIsWanted(true)), []);
  return isWanted ? <Notifications position="top-center" limit={4} /> : null;
}
