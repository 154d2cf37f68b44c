import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Keeps the SDK's chatter out of the test output; its errors stay. Call once a file, before any worker or connection. */
export function quietRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
    shutdownSignals: [],
  });
}
