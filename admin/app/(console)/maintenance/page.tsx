import type { Metadata } from 'next';
import { Link } from '../../../components/link.tsx';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { Calendar } from '../../../components/maintenance/calendar.tsx';
import { GlobalMode } from '../../../components/maintenance/global-mode.tsx';
import { WindowTable } from '../../../components/maintenance/window-table.tsx';
import { NewWindow } from '../../../components/maintenance/window-form.tsx';
import { roleIncludes } from '../../../../infra/auth/roles.ts';
import { pageContextFor } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { listHistory } from '../../../server/history/list.ts';
import { listWindows } from '../../../server/maintenance-windows/verbs.ts';
import { getSettings } from '../../../server/settings/get.ts';
import { runVerb } from '../../../server/verb.ts';
import { setMaintenance } from '../actions.ts';
import { readEndpointWindows } from './read-windows.ts';

export const metadata: Metadata = { title: 'Maintenance' };

export default async function MaintenancePage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContextFor('/maintenance');
  const search = readSearch(await searchParams, ['view', 'from']);
  const [settings, windows, held, ofEndpoints] = await Promise.all([
    runVerb(getSettings, context, {}),
    runVerb(listWindows, context, { query: { limit: 200 } }),
    runVerb(listHistory, context, { query: { status: 'held', limit: 20 } }),
    readEndpointWindows(context),
  ]);
  const shown = [...windows.items.map((window) => ({ ...window, endpointId: null })), ...ofEndpoints];
  const mayChange = roleIncludes(context.actor.role, 'operator');
  return (
    <>
      <AutoRefresh seconds={15} />
      <div>
        <h1>Maintenance</h1>
        <p className="lead">
          Webhooks are always accepted. In a window they make no tickets: skipped ones stay in history, held ones are
          taken up when it ends, unless they recovered meanwhile.
        </p>
      </div>
      <GlobalMode
        isOn={settings.maintenanceMode}
        policy={settings.maintenancePolicy}
        mayChange={roleIncludes(context.actor.role, 'admin')}
        action={setMaintenance}
      />
      <Calendar
        windows={shown}
        view={search.view === 'month' ? 'month' : 'week'}
        from={search.from}
        nowMs={Date.now()}
      />
      <div className="head">
        <h2>Windows for all endpoints</h2>
        {mayChange && <NewWindow />}
      </div>
      {windows.items.length === 0 ? (
        <p className="card empty quiet">
          No window yet. Make one for a patch night; an endpoint’s own windows stand in its configuration.
        </p>
      ) : (
        <WindowTable windows={windows.items} mayChange={mayChange} />
      )}
      <section className="card stack" aria-label="Held now">
        <h2>Held now</h2>
        {held.items.length === 0 && <p className="quiet">Nothing is held.</p>}
        <ul className="rows">
          {held.items.map((webhook) => (
            <li key={webhook.requestId}>
              <Link href={`/history/${webhook.requestId}`}>{webhook.summary ?? webhook.requestId}</Link>
              <small className="quiet">{webhook.endpointName}</small>
            </li>
          ))}
        </ul>
        {held.nextCursor !== null && <Link href="/history?status=held">All that is held</Link>}
      </section>
    </>
  );
}
