import { parseArgs } from 'node:util';
import { startConnectwiseSimulator } from './simulator.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    latency: { type: 'string', default: '0' },
    'control-port': { type: 'string' },
  },
});

const controlPort = values['control-port'];
const simulator = await startConnectwiseSimulator({
  port: Number(values.port ?? positionals[0] ?? 4010),
  host: values.host,
  latencyMs: Number(values.latency),
  ...(controlPort !== undefined && { controlPort: Number(controlPort) }),
});

const { company, publicKey, privateKey, clientId } = simulator.credentials;
process.stdout.write(
  `ConnectWise simulator at ${simulator.origin}, controls under ${simulator.controlUrl}/ (record, counts, faults, reset, tickets/:id, down, up)

export CW_URL=${simulator.url}
export CW_COMPANY=${company}
export CW_PUBLIC_KEY=${publicKey}
export CW_PRIVATE_KEY=${privateKey}
export CW_CLIENT_ID=${clientId}
export CW_SERVICE_BOARD='Service Board'
export CW_STATUS_NEW=New
export CW_STATUS_CLOSED=Closed
export CW_DEFAULT_COMPANY_ID=ACME
`,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop());
