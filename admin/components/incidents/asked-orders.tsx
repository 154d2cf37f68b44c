import type { IncidentDetail } from '../../server/incidents/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

const TONES = { asked: 'busy', done: 'good', refused: 'bad' } as const;

/** What people asked of an incident and what came of it. */
export function AskedOrders({ orders }: { orders: IncidentDetail['orders'] }) {
  if (orders.length === 0) return null;
  return (
    <section className="card stack" aria-label="Asked by people">
      <h2>Asked by people</h2>
      <ul className="rows">
        {orders.map((order) => (
          <li key={order.id}>
            <span>
              {order.kind}
              <small className="quiet block">
                {order.askedBy} · <TimeAgo at={order.askedAt} />
              </small>
              {order.answer && <small className="block">{order.answer}</small>}
            </span>
            <span className={`badge ${TONES[order.state]}`}>{order.state}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
