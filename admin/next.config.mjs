import { fileURLToPath } from 'node:url';
import { consoleOutput } from '../infra/config/console-output.mjs';

const checkout = fileURLToPath(new URL('..', import.meta.url));

/** Plain JavaScript, so that the console's process need not load a compiler (60 MB) to read it. @type {import('next').NextConfig} */
const config = {
  distDir: consoleOutput(),
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  turbopack: { root: checkout },
  outputFileTracingRoot: checkout,
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  experimental: {
    authInterrupts: true,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@mantine/notifications', '@tabler/icons-react'],
  },
  serverExternalPackages: [
    '@temporalio/client',
    '@temporalio/common',
    '@temporalio/proto',
    '@grpc/grpc-js',
    'protobufjs',
    '@mikro-orm/core',
    '@mikro-orm/postgresql',
    '@mikro-orm/migrations',
    'better-auth',
    '@better-auth/passkey',
    'zod',
    'pg',
    'pino',
    're2js',
    'jsonpath-plus',
  ],
};

export default config;
