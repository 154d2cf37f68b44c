import { LinkButton } from '../link-button.tsx';

/** What an endpoint is, where there is none yet. */
export function FirstEndpoint({ mayMake }: { mayMake: boolean }) {
  return (
    <section className="card stack empty">
      <h2>No endpoint yet</h2>
      <p className="lead">
        An endpoint is an address that a monitor posts to. It decides what opens a ticket, what closes it and where it
        goes. Give it a name; everything else has a default that fits Uptime Kuma.
      </p>
      {mayMake ? (
        <LinkButton href="/endpoints/new">Make the first endpoint</LinkButton>
      ) : (
        <p className="quiet">Ask an administrator to make one.</p>
      )}
    </section>
  );
}
