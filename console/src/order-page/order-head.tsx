import type { Facts } from "../api/facts-schema.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { Moment } from "../shell/moment.tsx";
import { formatMoney } from "../words/format-money.ts";
import { countryName, languageName } from "../words/place-name.ts";
import { isWaiting, type Mark } from "../words/step-mark.ts";

interface OrderHeadProps {
  readonly order: OrderDetail;
  readonly facts: Facts | undefined;
  readonly now: Date;
}

export function OrderHead({ order, facts, now }: OrderHeadProps) {
  const say = words().order;
  const { mark, word } = standing(order);
  return (
    <header className="order-head">
      <h1>
        <span className="visually-hidden">{say.order} </span>
        {order.shopOrder ?? order.reference}
      </h1>
      <span className={`state-chip ${mark}`}>
        <MarkIcon mark={mark} /> {word}
      </span>
      {!order.isLive && <span className="chip">{say.test}</span>}
      <ul className="order-facts">
        <li className="total">{formatMoney(order.total)}</li>
        <li>
          {say.paidAt} <Moment at={facts?.paidAt ?? order.createdAt} now={now} />
        </li>
        {order.country && <li>{countryName(order.country)}</li>}
        <li>{languageName(order.locale)}</li>
        <li>{order.store}</li>
        {order.shopOrder && <li className="reference">{order.reference}</li>}
      </ul>
    </header>
  );
}

function standing({ state, steps }: OrderDetail): { mark: Mark; word: string } {
  const word = words().orders.states;
  switch (state) {
    case "attention":
      return { mark: "needs-you", word: word.attention };
    case "done":
      return { mark: "done", word: word.done };
    case "cancelled":
      return { mark: "skipped", word: word.cancelled };
    case "open":
      return steps.some(isWaiting)
        ? { mark: "waiting", word: word.waiting }
        : { mark: "running", word: word.open };
  }
}
