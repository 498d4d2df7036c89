// Labels of the simulated PostNord, printed from what it holds.
import { z } from "zod";
import { simulatedPdf } from "../../connector-kit/simulated-pdf.ts";
import type { Is } from "./simulated-moods.ts";
import type { Shipments, StoredShipment } from "./simulated-shipments.ts";

export type LabelKind = "PDF" | "ZPL";

const idsSchema = z
  .array(z.object({ id: z.string().min(1).max(35) }))
  .min(1)
  .max(100);
const paperSizes = ["A4", "A5", "A6", "LETTER", "LABEL"];

interface Item {
  readonly itemIds: string;
  readonly printId?: string | undefined;
  readonly shipment?: StoredShipment;
  readonly why?: string;
}

export async function labelsByIds(
  request: { readonly body: string; readonly query: URLSearchParams },
  asked: LabelKind,
  shipments: Shipments,
  is: Is,
): Promise<Response> {
  const ids = readIds(request.body);
  if (!ids || !paperSizes.includes(request.query.get("paperSize") ?? "A4")) {
    const faults = [{ explanationText: "id is a required field" }];
    const error = { message: "Invalid indata object", compositeFault: { faults } };
    return Response.json(error, { status: 400 });
  }
  const isTogether = request.query.get(asked === "PDF" ? "multiPDF" : "multiZPL") === "true";
  const items = ids.map(({ id }) => itemOf(id, shipments, is));
  return Response.json(await printed(items, asked, isTogether, is));
}

/** What a booking together with its labels answers of them. */
export function labelsOf(ids: readonly string[], kind: LabelKind, shipments: Shipments, is: Is) {
  const items = ids.map((id) => itemOf(id, shipments, is));
  return printed(items, kind, false, is);
}

async function printed(
  items: readonly Item[],
  asked: LabelKind,
  isTogether: boolean,
  is: Is,
): Promise<object[]> {
  const kind = is("label-of-another-kind") ? otherKind[asked] : asked;
  const good = items.filter(({ why }) => why === undefined);
  const bad = items.filter(({ why }) => why !== undefined);
  const groups = isTogether && !is("pdf-by-pdf") ? [good] : good.map((item) => [item]);
  const sheets = groups.filter((group) => group.length > 0);
  return [
    ...(await Promise.all(sheets.map((group) => sheet(group, kind, is("label-empty"))))),
    ...bad.map(failed),
  ];
}

const notFound = "id not found";
const otherKind = { PDF: "ZPL", ZPL: "PDF" } as const;

function itemOf(id: string, shipments: Shipments, is: Is): Item {
  const shipment = is("forgets-bookings") ? undefined : shipments.byLabelId(id);
  const item = shipment?.items.find(({ itemId, printId }) => itemId === id || printId === id);
  const isKnown = item && !(is("prints-by-print-id-only") && item.itemId === id);
  if (!shipment || !isKnown) return { itemIds: id, why: notFound };
  const found = { itemIds: item.itemId, printId: item.printId, shipment };
  return is("label-fail") ? { ...found, why: "Label could not be created" } : found;
}

async function sheet(items: readonly Item[], kind: LabelKind, isEmpty: boolean) {
  const lines = items.map(labelLines);
  const data =
    kind === "PDF" ? Buffer.from(await simulatedPdf(lines.flat())).toString("base64") : zpl(lines);
  return {
    itemIds: items.map(({ itemIds, printId, shipment }) => ({
      itemIds,
      printId,
      basicServiceCode: shipment?.booked.service.basicServiceCode,
      status: "OK",
    })),
    printout: {
      id: `LBL${items[0]?.itemIds}`,
      type: "LABEL",
      labelFormat: kind,
      encoding: kind === "PDF" ? "base64" : "none",
      data: isEmpty ? "" : data,
    },
  };
}

/** One label for each list of lines; a caret or tilde in a text would be a command. */
function zpl(labels: readonly (readonly string[])[]): string {
  const field = (line: string, i: number) =>
    `^FO20,${20 + 40 * i}^FD${line.replaceAll(/[\^~]/g, " ")}^FS`;
  return labels.map((lines) => `^XA\n^CI28\n${lines.map(field).join("\n")}\n^XZ\n`).join("");
}

function failed({ itemIds, printId, why = "" }: Item) {
  const faultCode = why === notFound ? {} : { faultCode: "SIM-LABEL" };
  const compositeFault = { faults: [{ explanationText: why, ...faultCode }] };
  const errorResponse = { message: why, compositeFault };
  return { itemIds: [{ itemIds, printId, status: "FAIL", errorResponse }] };
}

function labelLines({ itemIds, shipment }: Item): string[] {
  if (!shipment) return [];
  const { service, parties } = shipment.booked;
  const { nameIdentification, address } = parties.consignee.party;
  const careOf = nameIdentification.careOfName ? [`c/o ${nameIdentification.careOfName}`] : [];
  return [
    `SIMULATED PostNord ${service.basicServiceCode}`,
    nameIdentification.name,
    ...careOf,
    ...(address.streets ?? []),
    `${address.postalCode} ${address.city}`,
    address.countryCode,
    itemIds,
  ];
}

function readIds(body: string) {
  try {
    return idsSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
