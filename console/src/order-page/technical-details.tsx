import type { OrderDetail } from "../api/order-schema.ts";

/** For a developer: the words of the ledger. */
export function TechnicalDetails({ order }: { readonly order: OrderDetail }) {
  const { facts, steps, happenings, events, outputs } = order;
  return (
    <details className="panel technical">
      <summary>Technical details</summary>
      <dl>
        <div>
          <dt>Reference</dt>
          <dd>
            <code>{order.reference}</code>
          </dd>
        </div>
        {events.map((event) => (
          <div key={event.id}>
            <dt>Event</dt>
            <dd>
              <code>{event.id}</code> {event.type}, {event.deliveries} ×
            </dd>
          </div>
        ))}
        {steps.map(({ name, provider, state, cause, dueAt }) => (
          <div key={name}>
            <dt>Step {name}</dt>
            <dd>
              <code>{[provider, state, cause, dueAt].filter(Boolean).join(", ")}</code>
            </dd>
          </div>
        ))}
      </dl>
      <Json title="Attempts" value={happenings} />
      <Json title="Outputs" value={outputs} />
      <Json title="Order" value={facts} />
    </details>
  );
}

function Json({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <details>
      <summary>{title}</summary>
      <pre>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
