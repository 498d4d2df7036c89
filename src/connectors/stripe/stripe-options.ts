// What the shop may say about its Stripe account, and what becomes of it.
import type { Secret, Wiring } from "../../connector-kit/connector.ts";

export interface StripeOptions {
  /** sk_… or, better, a restricted rk_…; the mode (test or live) follows from it. */
  readonly secretKey: Secret;
  /**
   * The whsec_… of every endpoint, and of both sides of a rotation, parted by commas or white
   * space.
   */
  readonly webhookSecrets: Secret;
  /** The merchant's own account id, acct_…, if events may name it. */
  readonly account?: string;
  /** Connected accounts whose payments are ours to fulfil. Default: none. */
  readonly connectedAccounts?: readonly string[];
  /** Where the shop writes the customer's language. Default "locale". */
  readonly localeMetadataKey?: string;
  /** Where the shop writes its own order number; the first that is there counts. */
  readonly shopOrderMetadataKeys?: readonly string[];
  /** PaymentIntents without a Checkout Session, but never those of invoices. Default true. */
  readonly acceptBarePaymentIntents?: boolean;
  /**
   * Bare PaymentIntents are ours only with this key in their metadata: a terminal and other programs
   * pay into the same account. Default: all are.
   */
  readonly bareMetadataKey?: string;
  /**
   * A PaymentIntent without lines is refused, or becomes one line "Order <number>". Default
   * "refuse".
   */
  readonly syntheticLine?: "refuse" | "one-line";
  /** When nothing tells the customer's language. Default "en". */
  readonly defaultLocale?: string;
  readonly now?: () => Date;
}

export type ReadingRules = Readonly<Required<Omit<StripeOptions, "secretKey" | "webhookSecrets">>>;

export interface StripeAccess {
  readonly apiBase: string;
  readonly secretKey: string;
  readonly isLive: boolean;
  readonly webhookSecrets: readonly string[];
}

export function readingRules(options: StripeOptions): ReadingRules {
  const account = options.account ?? "";
  const connectedAccounts = options.connectedAccounts ?? [];
  for (const id of [...(account ? [account] : []), ...connectedAccounts]) {
    if (!/^acct_[A-Za-z0-9_]{1,250}$/.test(id)) {
      throw new TypeError(`"${id}" is no Stripe account: they begin with acct_.`);
    }
  }
  return {
    account,
    connectedAccounts,
    localeMetadataKey: options.localeMetadataKey ?? "locale",
    shopOrderMetadataKeys: options.shopOrderMetadataKeys ?? [
      "shop_order",
      "order_id",
      "order_reference",
    ],
    acceptBarePaymentIntents: options.acceptBarePaymentIntents ?? true,
    bareMetadataKey: options.bareMetadataKey ?? "",
    syntheticLine: options.syntheticLine ?? "refuse",
    defaultLocale: options.defaultLocale ?? "en",
    now: options.now ?? (() => new Date()),
  };
}

/** Reads the credentials; throws with a sentence that never shows them. */
export function accessOf(wiring: Pick<Wiring, "hosts" | "secrets">): StripeAccess {
  const secretKey = wiring.secrets.secretKey?.trim() ?? "";
  const mode = /^(?:sk|rk)_(test|live)_\w{1,250}$/.exec(secretKey)?.[1];
  if (!mode) {
    const hint = secretKey.startsWith("pk_") ? " This is the publishable key." : "";
    throw new TypeError(`Stripe's secret key begins with sk_ or rk_, then test_ or live_.${hint}`);
  }
  const apiBase = wiring.hosts.api;
  if (!apiBase) throw new TypeError("Stripe's host is not configured.");
  return {
    apiBase: apiBase.replace(/\/+$/, ""),
    secretKey,
    isLive: mode === "live",
    webhookSecrets: webhookSecretsOf(wiring.secrets.webhookSecrets),
  };
}

function webhookSecretsOf(configured: string | undefined): string[] {
  if (configured === undefined) return [];
  const secrets = configured.split(/[\s,]+/).filter((part) => part !== "");
  if (secrets.length === 0) throw new TypeError("Stripe's webhook secret is set, but empty.");
  // The endpoint's id (we_…) or an API key in its place is the commonest mistake.
  if (!secrets.every((part) => part.startsWith("whsec_"))) {
    throw new TypeError("Each of Stripe's webhook secrets begins with whsec_.");
  }
  return secrets;
}
