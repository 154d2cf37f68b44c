import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const checkout = fileURLToPath(new URL('..', import.meta.url));

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: checkout },
  outputFileTracingRoot: checkout,
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    '@temporalio/client', '@temporalio/common', '@temporalio/proto', '@grpc/grpc-js', 'protobufjs',
    '@mikro-orm/core', '@mikro-orm/postgresql', '@mikro-orm/migrations', 'better-auth', 'pg', 'pino', 're2js', 'jsonpath-plus',
  ],
};

export default config;
