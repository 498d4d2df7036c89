// Labels of the simulated PostNord, printed from what it holds.
import { z } from "zod";
import { simulatedPdf } from "../../connector-kit/simulated-pdf.ts";
import type { Shipments, StoredShipment } from "./simulated-shipments.ts";

interface LabelMoods {
  readonly forgetsBookings: boolean;
  readonly failsLabels: boolean;
}

const idsSchema = z
  .array(z.object({ id: z.string().min(1).max(50) }))
  .min(1)
  .max(100);
const paperSizes = ["A4", "A5", "A6", "LETTER", "LABEL"];

export async function labelsByIds(
  request: { readonly body: string; readonly query: URLSearchParams },
  shipments: Shipments,
  moods: LabelMoods,
): Promise<Response> {
  const ids = readIds(request.body);
  if (!ids || !paperSizes.includes(request.query.get("paperSize") ?? "A4")) {
    const faults = [{ explanationText: "id is a required field" }];
    const error = { message: "Invalid indata object", compositeFault: { faults } };
    return Response.json(error, { status: 400 });
  }
  return Response.json(await Promise.all(ids.map(({ id }) => labelOf(id, shipments, moods))));
}

async function labelOf(id: string, shipments: Shipments, moods: LabelMoods) {
  const shipment = moods.forgetsBookings ? undefined : shipments.byLabelId(id);
  if (!shipment) return failed({ itemIds: id }, "id not found");
  const item = shipment.items.find(({ itemId, printId }) => itemId === id || printId === id);
  const ids = { itemIds: item?.itemId ?? id, printId: item?.printId };
  if (moods.failsLabels) return failed(ids, "Label could not be created");
  const pdf = await simulatedPdf(labelLines(ids.itemIds, shipment));
  return {
    itemIds: [{ ...ids, basicServiceCode: shipment.booked.service.basicServiceCode, status: "OK" }],
    printout: {
      id: `LBL${ids.itemIds}`,
      type: "LABEL",
      labelFormat: "PDF",
      encoding: "base64",
      data: Buffer.from(pdf).toString("base64"),
    },
  };
}

function failed(
  ids: { readonly itemIds: string; readonly printId?: string | undefined },
  why: string,
) {
  const compositeFault = { faults: [{ explanationText: why }] };
  return { itemIds: [{ ...ids, status: "FAIL", errorResponse: { message: why, compositeFault } }] };
}

function labelLines(itemId: string, { booked }: StoredShipment): string[] {
  const { nameIdentification, address } = booked.parties.consignee.party;
  const careOf = nameIdentification.careOfName ? [`c/o ${nameIdentification.careOfName}`] : [];
  return [
    `SIMULATED PostNord ${booked.service.basicServiceCode}`,
    nameIdentification.name,
    ...careOf,
    ...(address.streets ?? []),
    `${address.postalCode} ${address.city}`,
    address.countryCode,
    itemId,
  ];
}

function readIds(body: string) {
  try {
    return idsSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
