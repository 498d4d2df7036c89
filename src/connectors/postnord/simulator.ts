// PostNord as a fetch handler, from its published descriptions.
import type { Simulator, SimulatorKit } from "../../connector-kit/simulator.ts";
import { bookShipments } from "./simulated-booking.ts";
import { type LabelKind, labelsByIds, labelsOf } from "./simulated-labels.ts";
import { type Is, type Mood, moods } from "./simulated-moods.ts";
import { nearestServicePoints } from "./simulated-service-points.ts";
import { customerNumber, serviceCodes } from "./simulated-services.ts";
import { type StoredShipment, simulatedShipments } from "./simulated-shipments.ts";
import { trackingOf } from "./simulated-tracking.ts";

const apiKey = "simulated-postnord-api-key-00000";
const trackingLagMs = 60_000;

interface Asked {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
}

type Routes = Readonly<Record<string, (asked: Asked) => Response | Promise<Response>>>;

export function simulatePostnord(kit: SimulatorKit): Simulator {
  const shipments = simulatedShipments(kit);
  const switched = new Set<string>();
  const is: Is = (mood: Mood) => switched.has(mood);

  const isTracked = ({ bookedAt }: StoredShipment) =>
    !is("tracking-lag") || kit.now().getTime() - Date.parse(bookedAt) >= trackingLagMs;
  const tracked = (found: readonly StoredShipment[]) =>
    trackingOf(found.filter(isTracked), kit.now());
  const byReference = (customer = "", reference = "") =>
    is("loose-references")
      ? shipments.byLooseReference(customer, reference)
      : shipments.byReference(customer, reference);

  /** Booking answers 201 and bare; booking together with labels answers 200 and wraps both. */
  const book =
    (isReturn: boolean, labels?: LabelKind) =>
    async ({ body }: Asked) => {
      const booked = bookShipments(body, shipments, is, isReturn);
      if (booked.kind === "refused") return booked.response;
      if (is("books-and-says-499")) return closed();
      if (!labels) return Response.json(booked.answer, { status: 201 });
      const printed = await labelsOf(booked.items, labels, shipments, is);
      const labelPrintout = printed.length > 0 ? { labelPrintout: printed } : {};
      return Response.json({ bookingResponse: booked.answer, ...labelPrintout });
    };

  const base = "/rest/shipment";
  const routes: Routes = {
    [`POST ${base}/v3/edi`]: book(false),
    [`POST ${base}/v3/edi/labels/pdf`]: book(false, "PDF"),
    [`POST ${base}/v3/edi/labels/zpl`]: book(false, "ZPL"),
    [`POST ${base}/v3/returns/edi`]: book(true),
    [`POST ${base}/v3/labels/ids/pdf`]: (asked) => labelsByIds(asked, "PDF", shipments, is),
    [`POST ${base}/v3/labels/ids/zpl`]: (asked) => labelsByIds(asked, "ZPL", shipments, is),
    [`GET ${base}/v3/edi/servicecodes`]: () => Response.json({ data: serviceCodes() }),
    [`GET ${base}/v1/validate/customernumber`]: ({ query }) => customerNumber(query),
    "GET /rest/businesslocation/v5/servicepoints/nearest/byaddress": ({ query }) =>
      is("service-points-forbidden") ? forbidden() : nearestServicePoints(query),
    [`GET ${base}/v7/trackandtrace/id/*/public`]: ({ path }) =>
      tracked([shipments.byLabelId(path[5] ?? "") ?? []].flat()),
    [`GET ${base}/v7/trackandtrace/customernumber/*/reference/*/public`]: ({ path }) =>
      is("tracking-forbidden") ? forbidden() : tracked(byReference(path[5], path[7])),
  };

  return {
    provider: "postnord",
    secrets: { apiKey },
    maxServerMs: 500,
    get maxLagMs() {
      return is("tracking-lag") ? trackingLagMs : 0;
    },
    fetch: async (request) => {
      const { pathname, searchParams: query } = new URL(request.url);
      if (query.get("apikey") !== apiKey || is("gateway-forbidden")) return forbidden();
      const path = pathname.slice(1).split("/").map(decodeURIComponent);
      const route = routes[`${request.method} ${patternOf(path)}`];
      if (!route) return Response.json({ message: "Resource not found" }, { status: 404 });
      return route({ path, query, body: await request.text() });
    },
    records: shipments.records,
    moods,
    setMood: (name, isOn) => void (isOn ? switched.add(name) : switched.delete(name)),
  };
}

/** The path with a star for each part that stands for a value. */
function patternOf(path: readonly string[]): string {
  const values = ["id", "customernumber", "reference"];
  const isTracking = path[3] === "trackandtrace";
  const parts = path.map((part, i) =>
    isTracking && values.includes(path[i - 1] ?? "") && i % 2 === 1 ? "*" : part,
  );
  return `/${parts.join("/")}`;
}

function forbidden(): Response {
  const error = {
    status_code: 403,
    error_type: "Forbidden",
    message: "Invalid API Key",
    xrequestid: "00000000simulated0000",
  };
  return Response.json({ error }, { status: 403 });
}

function closed(): Response {
  const compositeFault = { faults: [{ explanationText: "The connection was closed" }] };
  return Response.json({ message: "Client closed request", compositeFault }, { status: 499 });
}
