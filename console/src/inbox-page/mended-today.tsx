import type { Mended } from "../api/use-inbox.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { Moment } from "../shell/moment.tsx";
import { OrderLink } from "../shell/order-link.tsx";
import { causeName } from "../words/cause-name.ts";
import { providerName } from "../words/provider-name.ts";

interface MendedTodayProps {
  readonly mended: readonly Mended[];
  readonly now: Date;
}

/** What stood still today and does not any more: by itself, or by whom and how. */
export function MendedToday({ mended, now }: MendedTodayProps) {
  const { inbox: say, decided } = words();
  if (mended.length === 0) return null;
  const known: Readonly<Record<string, string>> = decided;
  return (
    <section className="mended" aria-labelledby="mended">
      <h2 id="mended">{say.mended}</h2>
      <ul className="panel">
        {mended.map(({ provider, operation, cause, by, how, count, lastAt, orders }) => (
          <li key={`${provider} ${operation} ${cause} ${by} ${how}`}>
            <MarkIcon mark="done" />
            <span>
              {say.providerTrouble(providerName(provider), causeName(cause, provider))}:{" "}
              {say.orders(count)},{" "}
              {by && how ? say.mendedBy(by, known[how] ?? how) : say.mendedByItself}{" "}
              <span className="soft">
                {orders.map(({ reference, shopOrder }) => (
                  <span key={reference}>
                    <OrderLink reference={reference} shopOrder={shopOrder} />{" "}
                  </span>
                ))}
                {count > orders.length && `${say.moreOrders(count - orders.length)} `}
                <Moment at={lastAt} now={now} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
