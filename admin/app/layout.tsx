import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './styles/base.css';
import './styles/blocks.css';
import './styles/lists.css';
import './styles/overview.css';
import './styles/editor-and-board.css';
import './styles/shell.css';
import './styles/audit-and-calendar.css';
import './styles/history.css';
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '../components/shell/providers.tsx';
import { NONCE_HEADER } from '../server/front/nonce-header.ts';

export const dynamic = 'force-dynamic';
export const metadata: Metadata = {
  title: { default: 'HookWise', template: '%s · HookWise' },
  description: 'Webhooks in, exactly one ticket out.',
};
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f9' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1116' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? '';
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
