// VIES as a fetch handler. Numbers that end in one of the official test codes do what the test service does for it.
import { z } from "zod";
import type { Simulator, SimulatorKit } from "../../connector-kit/simulator.ts";

/** The test service's numbers: ec.europa.eu/taxation_customs/vies/checkVatTestService.wsdl */
const testCodes: Readonly<Record<string, string>> = {
  100: "VALID",
  200: "INVALID",
  201: "INVALID_INPUT",
  202: "INVALID_REQUESTER_INFO",
  300: "SERVICE_UNAVAILABLE",
  301: "MS_UNAVAILABLE",
  302: "TIMEOUT",
  400: "VAT_BLOCKED",
  401: "IP_BLOCKED",
  500: "GLOBAL_MAX_CONCURRENT_REQ",
  501: "GLOBAL_MAX_CONCURRENT_REQ_TIME",
  600: "MS_MAX_CONCURRENT_REQ",
  601: "MS_MAX_CONCURRENT_REQ_TIME",
};

const states = new Set(
  "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI".split(" "),
);

const question = z.object({
  countryCode: z.string(),
  vatNumber: z.string().regex(/^[0-9A-Z+*]{2,12}$/),
  requesterMemberStateCode: z.string().optional(),
  requesterNumber: z.string().optional(),
});
type Question = z.infer<typeof question>;

interface Consultation {
  readonly vatId: string;
  readonly requester: string;
  readonly outcome: string;
}

const moods = {
  "states-away": "no state's register answers: MS_UNAVAILABLE",
  "no-proof": "answers without a request identifier",
  "outage-as-invalid": "a busy state comes as valid: false with a userError",
};

export function viesSimulator(kit: SimulatorKit): Simulator {
  const consultations = kit.collection<Consultation>("consultations");
  const on = new Set<string>();

  function answer(asked: Question, isTestService: boolean): Response {
    const outcome = outcomeOf(asked, isTestService, on);
    const { countryCode, vatNumber, requesterMemberStateCode: by, requesterNumber } = asked;
    const requestDate = kit.now().toISOString();
    if (on.has("outage-as-invalid") && outcome === "VALID") {
      const userError = "MS_MAX_CONCURRENT_REQ";
      return Response.json({ countryCode, vatNumber, requestDate, valid: false, userError });
    }
    if (outcome !== "VALID" && outcome !== "INVALID") return refusal(outcome);
    const requester = by && requesterNumber ? `${by}${requesterNumber}` : "";
    const identifier = `WAPIAAAASIM${String(consultations.size + 1).padStart(5, "0")}`;
    consultations.set(identifier, { vatId: `${countryCode}${vatNumber}`, requester, outcome });
    const isKnown = outcome === "VALID";
    // Germany and Spain tell no names.
    const isTold = isKnown && !["DE", "ES"].includes(countryCode);
    return Response.json({
      ...{ countryCode, vatNumber, requestDate, valid: isKnown },
      requestIdentifier: requester === "" || on.has("no-proof") ? "" : identifier,
      name: isTold ? "EXAMPLE TRADER" : "---",
      address: isTold ? "EXAMPLE STREET 1\n00000 EXAMPLE" : "---",
      ...{ traderName: "---", traderStreet: "---", traderPostalCode: "---", traderCity: "---" },
      ...{ traderCompanyType: "---", traderNameMatch: "NOT_PROCESSED" },
    });
  }

  return {
    provider: "vies",
    secrets: { vatId: "FI12345671" },
    maxServerMs: 0,
    maxLagMs: 0,
    async fetch(request) {
      const path = new URL(request.url).pathname;
      const isTestService = path.endsWith("/check-vat-test-service");
      if (request.method !== "POST" || !(isTestService || path.endsWith("/check-vat-number"))) {
        return new Response("Not Found", { status: 404 });
      }
      const asked = question.safeParse(await bodyOf(request));
      return asked.success ? answer(asked.data, isTestService) : refusal("INVALID_INPUT");
    },
    records: () =>
      consultations.values().map(({ vatId, requester, outcome }) => ({
        ...{ kind: "consultation", id: vatId, reference: "", fields: { requester, outcome } },
      })),
    moods,
    setMood: (name, isOn) => void (isOn ? on.add(name) : on.delete(name)),
  };
}

function outcomeOf(asked: Question, isTestService: boolean, on: ReadonlySet<string>): string {
  const { countryCode, vatNumber, requesterMemberStateCode: by, requesterNumber } = asked;
  if (!states.has(countryCode)) return "INVALID_INPUT";
  const hasRequester = by !== undefined || requesterNumber !== undefined;
  if (hasRequester && !(states.has(by ?? "") && /^[0-9A-Z]{2,12}$/.test(requesterNumber ?? ""))) {
    return "INVALID_REQUESTER_INFO";
  }
  if (isTestService) return testCodes[vatNumber] ?? "INVALID_INPUT";
  if (on.has("states-away")) return "MS_UNAVAILABLE";
  return testCodes[vatNumber.slice(-3)] ?? "VALID";
}

const refusal = (error: string) =>
  Response.json({ actionSucceed: false, errorWrappers: [{ error }] });

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}
