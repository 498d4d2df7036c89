// People and addresses as Stripe holds them, into ours.
import type { Address, Party } from "../../order/order.ts";
import { cleanText } from "./clean-text.ts";
import type { StripeAddress } from "./payment-schema.ts";

type Text = string | null | undefined;

export interface Written {
  readonly name?: Text;
  readonly company?: Text;
  readonly email?: Text;
  readonly phone?: Text;
  readonly address?: StripeAddress | null | undefined;
}

/** Undefined when every part is empty. */
export function addressOf(written: StripeAddress | null | undefined): Address | undefined {
  if (!written) return undefined;
  const country = cleanText(written.country, 10)?.toUpperCase();
  const address = withoutGaps({
    line1: cleanText(written.line1, 500),
    line2: cleanText(written.line2, 500),
    city: cleanText(written.city, 200),
    state: cleanText(written.state, 200),
    postalCode: cleanText(written.postal_code, 50),
    country: country && /^[A-Z]{2}$/.test(country) ? country : undefined,
  });
  return Object.keys(address).length === 0 ? undefined : address;
}

export function partyOf(written: Written): Party {
  return withoutGaps({
    name: cleanText(written.name, 500),
    company: cleanText(written.company, 500),
    email: cleanText(written.email, 500),
    phone: cleanText(written.phone, 100),
    address: addressOf(written.address),
  });
}

/**
 * Where the parcel goes: the first delivery that holds an address, else the billing address, and a
 * note that says so.
 */
export function shipToOf(
  deliveries: readonly (Written | null | undefined)[],
  buyer: Party,
): { readonly shipTo: Party; readonly notes: readonly string[] } {
  for (const delivery of deliveries) {
    const address = addressOf(delivery?.address);
    if (!delivery || !address) continue;
    const { name, phone } = partyOf(delivery);
    const shipTo = {
      name: name ?? buyer.name,
      // A company stands on the label only where the parcel goes to the company's own address.
      company: isSame(address, buyer.address) ? buyer.company : undefined,
      email: buyer.email,
      phone: phone ?? buyer.phone,
      address,
    };
    return { shipTo: withoutGaps(shipTo), notes: [] };
  }
  const notes = buyer.address
    ? ["No delivery address was given; the billing address is used."]
    : ["No address was given at all."];
  return { shipTo: buyer, notes };
}

function isSame(a: Address, b: Address | undefined): boolean {
  return (
    a.line1 === b?.line1 &&
    a.line2 === b?.line2 &&
    a.postalCode === b?.postalCode &&
    a.city === b?.city &&
    a.country === b?.country
  );
}

/**
 * Without the keys that hold nothing, so that an order looks the same after a passage through JSON.
 */
export function withoutGaps<T extends object>(value: T): T {
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  // Object.fromEntries forgets the keys' names. Those that go held undefined, which a reader sees
  // in a gap as well.
  return Object.fromEntries(entries) as T;
}
