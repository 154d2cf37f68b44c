import { IconAlertTriangle, IconBarrierBlock } from '@tabler/icons-react';
import { Link } from '../link.tsx';
import { mayOpen } from '../../config/nav.ts';
import { recentServices } from '../../server/services/recent-services.ts';
import { getSettings } from '../../server/settings/get.ts';
import { runVerb, type VerbContext } from '../../server/verb.ts';

/** What everyone must know on every page: maintenance mode, and that nothing carries out the work. */
export async function Banners({ context }: { context: VerbContext }) {
  const [settings, services] = await Promise.all([
    runVerb(getSettings, context, {}).catch(() => null),
    recentServices(context),
  ]);
  const held = settings?.maintenancePolicy === 'hold' ? 'held until it ends' : 'kept in history without tickets';
  return (
    <>
      {settings?.maintenanceMode && (
        <p className="banner warn" role="status">
          <IconBarrierBlock size={18} aria-hidden="true" />
          <span>
            <strong>Maintenance mode is on.</strong> Webhooks are accepted, and {held}.{' '}
            {mayOpen(context.actor, '/maintenance') && <Link href="/maintenance">Change</Link>}
          </span>
        </p>
      )}
      {services.temporal === 'down' && (
        <p className="banner bad" role="status">
          <IconAlertTriangle size={18} aria-hidden="true" />
          <span>
            <strong>Temporal does not answer.</strong> Webhooks are accepted and planned; tickets wait until it is back.
          </span>
        </p>
      )}
      {services.worker === 'down' && (
        <p className="banner bad" role="status">
          <IconAlertTriangle size={18} aria-hidden="true" />
          <span>
            <strong>Nothing polls the queue.</strong> No worker runs, so tickets wait. Start one with{' '}
            <code>npm start</code>; nothing is lost.
          </span>
        </p>
      )}
    </>
  );
}
