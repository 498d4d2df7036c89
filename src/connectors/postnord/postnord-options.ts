// What a shop may say of its PostNord account, in `ordna.config.ts`.
import type { Secret } from "../../connector-kit/connector.ts";
import type { LabelFormat } from "./label-format.ts";
import type { ServiceRule } from "./service-rules.ts";
import type { Home } from "./service-table.ts";

/** The PostNord company that invoices you, and the country parcels leave from: DK, SE, NO, FI. */
export type Issuer = "Z11" | "Z12" | "Z13" | "Z14";
export type PostnordLocale = "sv" | "da" | "no" | "fi" | "en";

export type PaperSize = "A4" | "A5" | "A6" | "LETTER" | "LABEL";

export interface Sender {
  readonly name: string;
  readonly streets: readonly string[];
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly contactName: string;
  readonly email: string;
  readonly phone: string;
}

interface CustomsOptions {
  /** Yours, with its country prefix: "FI12345678". */
  readonly vatNumber: string;
  readonly eoriNumber?: string;
  /** Norway's VOEC registration; sent with parcels to Norway. */
  readonly voec?: string;
  /** The UK's VAT registration; sent with parcels to Great Britain. */
  readonly hmrc?: string;
  /** For sales into the EU from Norway; sent with parcels to EU countries. */
  readonly ioss?: string;
  /** The incoterm. Default: "DAP", so the recipient pays duties. */
  readonly termsOfSale?: string;
  /** Countries where you pay the duties instead: their parcels go as "DDP". */
  readonly ddpTo?: readonly string[];
  /** Up to this value service 91 takes the shorter form CN22. Default: always CN23. */
  readonly cn22UpTo?: { readonly amount: number; readonly currency: string };
}

interface ReturnOptions {
  /** 24: the customer drops it; 20: it is fetched. Default: 24. */
  readonly service?: "24" | "20";
  readonly additional?: readonly string[];
  /** Which part of PostNord's API books it. Default: "returns/edi" for 24, "edi" for 20. */
  readonly path?: "returns/edi" | "edi";
  /** Where returns go. Default: the sender. */
  readonly to?: Sender;
  /** Where customers may send from. Default: the Nordics. */
  readonly countries?: readonly string[];
}

export interface PostnordOptions {
  readonly apiKey: Secret;
  readonly issuer: Issuer;
  readonly customerNumber: string;
  /** The number that PostNord gave your integration ("shipping software id"). */
  readonly applicationId: number;
  readonly sender: Sender;
  /** PostNord's test system: it validates, and forgets at once what was booked. */
  readonly sandbox?: boolean;
  /** Grams for one piece of a line without weight. Default: such an order waits for a person. */
  readonly defaultWeightGrams?: number;
  /** What a parcel weighs without its goods. Default: 0. */
  readonly packagingGrams?: number;
  /** Heavier orders become several parcels. Default: PostNord's published limit, where there is one. */
  readonly maxParcelGrams?: number;
  readonly parcelCm?: {
    readonly length: number;
    readonly width: number;
    readonly height: number;
  };
  /** What the parcel holds, in up to 35 characters. Default: "Goods". */
  readonly goodsDescription?: string;
  /** The first rule that fits decides. Default: home, else service point; companies: Parcel. */
  readonly services?: readonly ServiceRule[];
  /** Where your agreement's parcels go. Default: Europe. */
  readonly countries?: readonly string[];
  /** What the recipient reads. Default: the order's language where PostNord has it, or English. */
  readonly locale?: PostnordLocale;
  /** Needed for what leaves the EU's VAT area: Norway, Great Britain, Switzerland, Åland. */
  readonly customs?: CustomsOptions;
  /** What labels are made for: any printer (PDF) or a thermal printer (ZPL). Default: "pdf". */
  readonly labelFormat?: LabelFormat;
  /** The page of a PDF label. Default: "LABEL", as thermal printers take it; "A4" for office printers. */
  readonly paperSize?: PaperSize;
  readonly returns?: ReturnOptions;
  /** How long after it was sent a booking may still appear, ms. Default: 60 000. */
  readonly maxServerMs?: number;
  /** How long a booking may be missing from tracking, ms. Default: 120 000. */
  readonly maxLagMs?: number;
}

export const homeOf: Readonly<Record<Issuer, Home>> = {
  Z11: "DK",
  Z12: "SE",
  Z13: "NO",
  Z14: "FI",
};
