import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";

/** For a developer: the words of the ledger. */
export function TechnicalDetails({ order }: { readonly order: OrderDetail }) {
  const say = words().order;
  const { facts, steps, happenings, events, outputs } = order;
  return (
    <details className="panel technical">
      <summary>{say.technical}</summary>
      <dl>
        <div>
          <dt>{say.reference}</dt>
          <dd>
            <code>{order.reference}</code>
          </dd>
        </div>
        {events.map((event) => (
          <div key={event.id}>
            <dt>{say.event}</dt>
            <dd>
              <code>{event.id}</code> {event.type}, {event.deliveries} ×
            </dd>
          </div>
        ))}
        {steps.map(({ name, provider, state, cause, dueAt }) => (
          <div key={name}>
            <dt>{say.step(name)}</dt>
            <dd>
              <code>{[provider, state, cause, dueAt].filter(Boolean).join(", ")}</code>
            </dd>
          </div>
        ))}
      </dl>
      <Json title={say.attempts} value={happenings} />
      <Json title={say.outputs} value={outputs} />
      <Json title={say.order} value={facts} />
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
