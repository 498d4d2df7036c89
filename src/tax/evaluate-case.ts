// A case from a file, and what comes of it in the same words.
import { type Money, toDecimal } from "../order/money.ts";
import { type DecidedSale, decideSale } from "./decide-sale.ts";
import type { Held } from "./hold-reason.ts";
import { englishMention } from "./legal-mention.ts";
import { amountsDiffer } from "./stated-amounts.ts";
import { saleOf, type VatCase } from "./vat-case.ts";

export interface CaseResult {
  readonly id: string;
  readonly decision: "INVOICE" | "HOLD";
  readonly hold_reasons: readonly string[];
  readonly scheme: string | null;
  readonly tax_territory: string | null;
  /** Null when several rates apply, or none is decided. */
  readonly rate_percent: string | null;
  readonly net_total: string | null;
  readonly vat_total: string | null;
  readonly gross_total: string | null;
  readonly tax_breakdown: readonly {
    readonly rate_percent: string;
    readonly taxable: string;
    readonly vat: string;
  }[];
  readonly en16931_category: string | null;
  readonly legal_mention_en: string | null;
  readonly customs_declaration_required: boolean;
}

export interface Evaluated {
  readonly result: CaseResult;
  /** Why it was decided so, or why it is held. */
  readonly explanation: string;
}

export function evaluateCase(vatCase: VatCase): Evaluated {
  const sale = saleOf(vatCase);
  if ("kind" in sale) return onHold(vatCase.id, sale);
  const decided = decideSale(sale);
  if (decided.kind === "held") return onHold(vatCase.id, decided);
  const difference = amountsDiffer(vatCase.context ?? {}, decided.priced);
  if (difference) return onHold(vatCase.id, difference);
  return { result: invoiced(vatCase.id, decided), explanation: decided.explanation };
}

function invoiced(id: string, decided: DecidedSale): CaseResult {
  const { treatment, priced, exemption, category } = decided;
  const [first, ...others] = priced.groups;
  const amount = (of: Money) => toDecimal(of);
  return {
    id,
    decision: "INVOICE",
    hold_reasons: [],
    scheme: treatment.scheme,
    tax_territory: treatment.territory,
    rate_percent: others.length === 0 ? (first?.ratePercent ?? null) : null,
    net_total: amount(priced.net),
    vat_total: amount(priced.vat),
    gross_total: amount(priced.gross),
    tax_breakdown: priced.groups.map(({ ratePercent, net, vat }) => ({
      rate_percent: ratePercent,
      taxable: amount(net),
      vat: amount(vat),
    })),
    en16931_category: category,
    legal_mention_en: exemption ? englishMention(exemption.mention) : null,
    customs_declaration_required: decided.needsCustomsDeclaration,
  };
}

function onHold(id: string, { reason, why }: Held): Evaluated {
  const result: CaseResult = {
    id,
    decision: "HOLD",
    hold_reasons: [reason],
    scheme: null,
    tax_territory: null,
    rate_percent: null,
    net_total: null,
    vat_total: null,
    gross_total: null,
    tax_breakdown: [],
    en16931_category: null,
    legal_mention_en: null,
    customs_declaration_required: false,
  };
  return { result, explanation: why };
}
