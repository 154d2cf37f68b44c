import { z } from 'zod';
import { compileCron } from '../../../infra/cron.ts';
import { isTimeZone } from '../../../workflows/domain/local-time.ts';
import { count, flag, optionalText, text } from './texts.ts';

/** When an endpoint counts as silent: after `timeoutMinutes`, or, with a cron line, when none of its instants was answered within the grace. */
export const HeartbeatInput = z
  .strictObject({
    enabled: flag(false),
    timeoutMinutes: z
      .int('must be a whole number of minutes')
      .min(1, 'must be at least 1, the shortest timeout; to watch nothing set heartbeat.enabled to false')
      .max(525_600, 'must be at most 525600, which is a year')
      .default(1440),
    cron: optionalText(200).meta({
      description: 'Five fields: minute hour day month weekday, such as 0 2 * * *. null: every timeoutMinutes instead.',
    }),
    timezone: text(100).default('UTC').meta({ description: 'IANA time zone in which cron is meant.' }),
    graceMinutes: count(1, 10_080, 30).meta({ description: 'How long after an instant of cron a webhook may come.' }),
  })
  .superRefine(({ cron, timezone }, check) => {
    if (!isTimeZone(timezone)) {
      const message = `“${timezone}” is not a known time zone, such as Europe/Berlin`;
      return check.addIssue({ code: 'custom', path: ['timezone'], message });
    }
    const compiled = cron === null ? null : compileCron(cron, timezone);
    if (compiled?.ok === false) check.addIssue({ code: 'custom', path: ['cron'], message: compiled.message });
  });
