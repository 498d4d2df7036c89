// Into how many parcels an order goes, and what each of them weighs.
import { ActionError } from "../../connector-kit/action-error.ts";
import { lineGrams } from "../../connector-kit/weigh-line.ts";
import type { Order, OrderLine } from "../../order/order.ts";
import type { Settings } from "./complete-options.ts";
import { type ParcelLimit, parcelLimits } from "./service-table.ts";
import { totalGrams } from "./weight.ts";

// A booking takes 200; more than this is no web order.
const maxParcels = 50;

/** The weight of each parcel, packaging included. Pieces are never divided; their size is not known. */
export function parcelsOf(
  order: Order,
  { service }: { readonly service: string },
  country: string,
  settings: Settings,
): readonly number[] {
  const goods = totalGrams(order, settings);
  const published = limitOf(service, country, settings);
  const maxGrams = settings.maxParcelGrams ?? published?.grams;
  const packaging = settings.packagingGrams;
  if (maxGrams === undefined || goods + packaging <= maxGrams) return [goods + packaging];
  const parcels = packed(order.lines, maxGrams - packaging, settings);
  if (published?.isOneParcel) {
    throw tooHeavy(`PostNord takes one parcel of ${maxGrams / 1000} kg with service ${service}`);
  }
  return parcels.map((grams) => grams + packaging);
}

export function limitOf(service: string, country: string, { home }: Pick<Settings, "home">) {
  const way = country === home ? "domestic" : "abroad";
  const holds = (limit: ParcelLimit) =>
    limit.from === home && limit.to === way && (limit.service ?? service) === service;
  return parcelLimits.find(holds);
}

/** First fit, heaviest pieces first. */
function packed(lines: readonly OrderLine[], room: number, settings: Settings): number[] {
  const pieces = lines
    .filter(({ quantity }) => quantity > 0)
    .map((line) => ({ line, each: lineGrams(line, settings) / line.quantity, left: line.quantity }))
    .sort((a, b) => b.each - a.each);
  const parcels: number[] = [];
  for (const piece of pieces) {
    if (piece.each > room) {
      const name = piece.line.description.slice(0, 50);
      throw tooHeavy(
        `One piece of "${name}" is too heavy for a parcel`,
        `lines.${piece.line.id}.weightGrams`,
      );
    }
    for (let i = 0; piece.left > 0; i++) {
      if (i === maxParcels) throw tooHeavy(`The order needs more than ${maxParcels} parcels`);
      const inside = parcels[i] ?? 0;
      const count = Math.min(piece.left, Math.floor((room - inside) / piece.each));
      parcels[i] = inside + count * piece.each;
      piece.left -= count;
    }
  }
  return parcels;
}

function tooHeavy(why: string, field = "lines"): ActionError {
  return new ActionError("permanent", `${why}: send it another way.`, {
    cause: "service.not_available",
    field,
  });
}
