import { LinkButton } from '../../../../components/link-button.tsx';
import { IconPencil } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { Link } from '../../../../components/link.tsx';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { EndpointMenu } from '../../../../components/endpoints/endpoint-menu.tsx';
import { EndpointState } from '../../../../components/endpoints/endpoint-state.tsx';
import { LastDay } from '../../../../components/endpoints/last-day.tsx';
import { RecentOfEndpoint } from '../../../../components/endpoints/recent-of-endpoint.tsx';
import { Senders } from '../../../../components/endpoints/senders.tsx';
import { roleIncludes } from '../../../../../infra/auth/roles.ts';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { getEndpoint } from '../../../../server/endpoints/get.ts';
import { sampleBody } from '../../../../server/first-run/sample-body.ts';
import { getActivity } from '../../../../server/stats/get-activity.ts';
import { runVerb } from '../../../../server/verb.ts';
import { stateOf } from '../every-endpoint.ts';

export const metadata: Metadata = { title: 'Endpoint' };

export default async function EndpointPage({ params }: { params: Promise<{ id: string }> }) {
  const context = await pageContext();
  const endpoint = await orNotFound(runVerb(getEndpoint, context, await params));
  const { items } = await runVerb(getActivity, context, {});
  const hours = items.find(({ endpointId }) => endpointId === endpoint.id)?.hours ?? null;
  const isAdmin = roleIncludes(context.actor.role, 'admin');
  const { id, name, url, enabled, pinned, verification } = endpoint;
  const hmac = verification.find((entry) => entry.type === 'hmac');
  return (
    <>
      <AutoRefresh seconds={5} />
      <p className="crumbs">
        <Link href="/endpoints">Endpoints</Link>
      </p>
      <div className="head">
        <div className="tools">
          <h1>{name}</h1>
          <EndpointState state={stateOf(endpoint, hours)} />
        </div>
        <div className="tools">
          {isAdmin && (
            <LinkButton href={`/endpoints/${id}/edit`} leftSection={<IconPencil size={16} aria-hidden="true" />}>
              Edit
            </LinkButton>
          )}
          <EndpointMenu
            endpoint={{ id, name, url, enabled, pinned }}
            may={{ change: isAdmin, test: roleIncludes(context.actor.role, 'operator') }}
          />
        </div>
      </div>
      {endpoint.description !== '' && <p className="lead wrap">{endpoint.description}</p>}
      <LastDay endpoint={endpoint} hours={hours} />
      <div className="two">
        <RecentOfEndpoint context={context} endpointId={id} />
        <Senders
          id={id}
          role={context.actor.role}
          isEnabled={enabled}
          facts={{
            url,
            token: verification.some(({ type }) => type === 'bearer') ? '<the token>' : null,
            hmac: hmac
              ? { algorithm: hmac.algorithm, header: hmac.header, encoding: hmac.encoding, prefix: hmac.prefix }
              : null,
            body: sampleBody(),
          }}
        />
      </div>
    </>
  );
}
