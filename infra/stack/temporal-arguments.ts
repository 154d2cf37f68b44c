import { SEARCH_ATTRIBUTES } from '../../workflows/contracts/search-attributes.ts';

/** The frontend's limits are for clusters with many tenants; here one small server has one. */
const DYNAMIC_CONFIG: Record<string, string> = {
  'matching.enableFairness': 'true',
  'matching.numTaskqueueReadPartitions': '1',
  'matching.numTaskqueueWritePartitions': '1',
  'matching.rps': '20000',
  'frontend.rps': '20000',
  'frontend.namespaceRPS': '20000',
  'frontend.namespaceRPS.visibility': '200',
  'history.rps': '20000',
};

/** The command line of `temporal` for a dev server on loopback. `file` is its database, `null` keeps everything in memory. */
export function startArguments(
  options: { port: number; uiPort: number | null },
  namespace: string,
  file: string | null,
): string[] {
  const storage =
    file === null
      ? []
      : ['--db-filename', file, '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
  const ui =
    options.uiPort === null
      ? ['--headless']
      : ['--ui-ip', '127.0.0.1', '--ui-port', String(options.uiPort), '--ui-disable-news-fetch'];
  return [
    'server',
    'start-dev',
    ...['--ip', '127.0.0.1', '--port', String(options.port)],
    ...ui,
    ...storage,
    ...(namespace === 'default' ? [] : ['--namespace', namespace]),
    ...Object.values(SEARCH_ATTRIBUTES).flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...Object.entries(DYNAMIC_CONFIG).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
    ...['--log-level', 'error', '--disable-config-file', '--disable-config-env'],
  ];
}
