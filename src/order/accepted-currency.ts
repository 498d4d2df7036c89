// Which currencies an order may be in. What is not here is refused: how many decimals it has would be a guess.

const accepted = new Set(
  `EUR SEK DKK NOK GBP CHF PLN CZK HUF RON ISK USD CAD AUD NZD SGD HKD TWD CNY THB INR ILS TRY UAH RSD BAM MKD ALL MDL
   GEL AED SAR QAR ZAR BRL MXN MYR PHP IDR MAD EGP JPY KRW CLP VND PYG XAF XOF XPF BIF DJF GNF KMF RWF UGX VUV`.split(
    /\s+/,
  ),
);

/** The last day of currencies that are gone. */
const lastDays: Readonly<Record<string, string>> = { BGN: "2025-12-31" };

const threeDecimals = new Set(["BHD", "JOD", "KWD", "OMR", "TND"]);

/** A sentence when an order of that day (YYYY-MM-DD) cannot be in this currency. */
export function currencyProblem(currency: string, day: string): string | undefined {
  const last = lastDays[currency];
  if (last !== undefined) {
    return day > last ? `${currency} ended on ${last}: charge in its successor.` : undefined;
  }
  if (threeDecimals.has(currency)) {
    return `${currency} has three decimals, of which payment providers round the last: not taken.`;
  }
  return accepted.has(currency) ? undefined : `"${currency}" is not a currency that is taken.`;
}
