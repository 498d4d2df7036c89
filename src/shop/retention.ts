// How long what is known of people is kept, in days. The shop may say otherwise, within what the law asks.

export interface Retention {
  /** The letters of events (Stripe's webhooks, byte for byte), from when they were settled. */
  readonly letters: number;
  /** Shipping labels, from when the order was finished. */
  readonly labels: number;
  /** Names, addresses, e-mail addresses and telephone numbers in finished orders: as long as there may be claims. */
  readonly customers: number;
  /** Invoices and other vouchers. OSS wants ten years: Council Implementing Regulation (EU) 282/2011, Art. 63c. */
  readonly invoices: number;
}

const defaults: Retention = { letters: 30, labels: 90, customers: 1095, invoices: 4018 };

/** The shortest that makes sense: Stripe shows events for 30 days, a return may take 14, books are kept for six years. */
const shortest: Retention = { letters: 3, labels: 14, customers: 30, invoices: 2192 };

/** Throws a RangeError with one sentence about the first that cannot be right. */
export function retentionOf(wished: Partial<Retention> = {}): Retention {
  const all = { ...defaults, ...wished };
  for (const [name, days] of Object.entries(all)) {
    const least = Object.entries(shortest).find(([other]) => other === name)?.[1];
    if (least === undefined) {
      throw new RangeError(
        `retention.${name} is unknown: use ${Object.keys(defaults).join(", ")}.`,
      );
    }
    if (!Number.isInteger(days) || days < least || days > 36_500) {
      throw new RangeError(
        `retention.${name} must be a whole number of days from ${least} to 36500, not ${days}.`,
      );
    }
  }
  return all;
}
