// PostNord as a fetch handler, from its published descriptions.
import type { Simulator, SimulatorKit } from "../../connector-kit/simulator.ts";
import { bookShipments } from "./simulated-booking.ts";
import { labelsByIds } from "./simulated-labels.ts";
import { nearestServicePoints } from "./simulated-service-points.ts";
import { serviceCodes } from "./simulated-services.ts";
import { type StoredShipment, simulatedShipments } from "./simulated-shipments.ts";
import { trackingOf } from "./simulated-tracking.ts";

const apiKey = "simulated-postnord-api-key-00000";
const trackingLagMs = 60_000;

const moods = {
  "forgets-bookings": 'As in PostNord\'s test system, every label is answered "id not found".',
  "refuses-service": "Every shipment fails: the service is not available for the country.",
  "item-fail": "The booking is answered 201, and the shipment in it is FAIL.",
  "label-fail": "Labels are answered 200, and the label in it is FAIL.",
  "tracking-lag": "A booking shows in tracking a minute late.",
  "gateway-forbidden":
    "The gateway refuses the key with 403, as for a product that is not ordered.",
} as const;

type Mood = keyof typeof moods;

interface Asked {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: string;
}

export function simulatePostnord(kit: SimulatorKit): Simulator {
  const shipments = simulatedShipments(kit);
  const switched = new Set<string>();
  const is = (mood: Mood) => switched.has(mood);

  const isTracked = ({ bookedAt }: StoredShipment) =>
    !is("tracking-lag") || kit.now().getTime() - Date.parse(bookedAt) >= trackingLagMs;

  const routes: Readonly<Record<string, (asked: Asked) => Response | Promise<Response>>> = {
    "POST /rest/shipment/v3/edi": ({ body }) =>
      bookShipments(body, shipments, {
        refusesService: is("refuses-service"),
        failsItems: is("item-fail"),
      }),
    "POST /rest/shipment/v3/labels/ids/pdf": (asked) =>
      labelsByIds(asked, shipments, {
        forgetsBookings: is("forgets-bookings"),
        failsLabels: is("label-fail"),
      }),
    "GET /rest/shipment/v3/edi/servicecodes": () => Response.json({ data: serviceCodes() }),
    "GET /rest/shipment/v1/validate/customernumber": ({ query }) => customerNumber(query),
    "GET /rest/businesslocation/v5/servicepoints/nearest/byaddress": ({ query }) =>
      nearestServicePoints(query),
    "GET /rest/shipment/v7/trackandtrace/id/*/public": ({ path }) =>
      trackingOf([shipments.byLabelId(path[5] ?? "") ?? []].flat().filter(isTracked)),
    "GET /rest/shipment/v7/trackandtrace/customernumber/*/reference/*/public": ({ path }) =>
      trackingOf(shipments.byReference(path[5] ?? "", path[7] ?? "").filter(isTracked)),
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

/** A bare word under a JSON content type. */
function customerNumber(query: URLSearchParams): Response {
  const digits: Readonly<Record<string, RegExp>> = {
    DK: /^\d{9}$/,
    FI: /^(\d{8}|\d{10})$/,
    NO: /^\d{7}$/,
    SE: /^(\d{8}|\d{10})$/,
  };
  const pattern = digits[query.get("countryCode") ?? ""];
  const isValid = pattern?.test(query.get("customerNumber") ?? "") ?? false;
  const headers = { "content-type": "application/json" };
  return new Response(isValid ? "VALID" : "INVALID", { headers });
}
