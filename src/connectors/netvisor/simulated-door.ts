// Who may call the simulated Netvisor: headers, MAC, clock and a transaction id that was never used.
import { createHmac, timingSafeEqual } from "node:crypto";
import { Refusal } from "./simulated-answer.ts";

export interface Company {
  readonly customerId: string;
  readonly partnerId: string;
  readonly organisationId: string;
}

export interface Keys {
  readonly customerKey: string;
  readonly partnerKey: string;
}

const maxSkewMs = 15 * 60_000;

/** Throws a Refusal. The ids live in memory: after a restart an old one is refused by its clock anyway, or soon. */
export function doorOf(company: Company, keys: Keys, now: () => Date) {
  const used = new Map<string, number>();

  return (request: Request): void => {
    const header = (name: string) => request.headers.get(`x-netvisor-${name}`) ?? "";
    const auth = (name: string) => header(`authentication-${name}`);
    const transactionId = auth("transactionid");
    checkNames(company, auth("customerid"), auth("partnerid"), header("organisation-id"));
    if (!auth("sender") || !/^[\x21-\x7e]{1,64}$/.test(transactionId)) {
      throw refused("Sender and TransactionId are required");
    }
    if (auth("machashcalculationalgorithm") !== "HMACSHA256") {
      throw refused("Unknown hash calculation algorithm");
    }
    if (!["FI", "EN", "SE"].includes(header("interface-language"))) {
      throw refused("Unknown interface language");
    }
    checkClock(auth("timestamp"), auth("timestampunix"), now());
    const message = [
      request.url,
      auth("sender"),
      auth("customerid"),
      auth("timestamp"),
      header("interface-language"),
      header("organisation-id"),
      transactionId,
      auth("timestampunix"),
      keys.customerKey,
      keys.partnerKey,
    ].join("&");
    checkMac(auth("mac"), message, keys);
    checkUnused(used, transactionId, now().getTime());
  };
}

const refused = (text: string) => new Refusal("AUTHENTICATION_FAILED", text);

function checkNames(company: Company, customerId: string, partnerId: string, id: string): void {
  if (partnerId !== company.partnerId) throw refused("Integration partner not found");
  if (customerId !== company.customerId) throw refused("Customer identifier not found");
  if (id !== company.organisationId) throw refused("Organisation not found");
}

function checkClock(timestamp: string, unix: string, now: Date): void {
  const isShaped = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(timestamp);
  const times = [Date.parse(`${timestamp.replace(" ", "T")}Z`), Number(unix || Number.NaN) * 1000];
  const isNear = times.every((time) => Math.abs(time - now.getTime()) <= maxSkewMs);
  if (!isShaped || !isNear) throw refused("Timestamp is out of range");
}

/** The real one tells what it signed; a connector has to keep that out of its own messages. */
function checkMac(mac: string, message: string, keys: Keys): void {
  const expected = createHmac(
    "sha256",
    Buffer.from(`${keys.customerKey}&${keys.partnerKey}`, "latin1"),
  )
    .update(Buffer.from(message, "latin1"))
    .digest("hex");
  const [a, b] = [Buffer.from(mac), Buffer.from(expected)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) {
    throw refused(`MAC does not match: ${message}`);
  }
}

function checkUnused(used: Map<string, number>, transactionId: string, now: number): void {
  if (used.has(transactionId)) {
    throw new Refusal("REQUEST_NOT_UNIQUE", "TransactionId already used");
  }
  used.set(transactionId, now);
  // Oldest first; what is older than the clock allows cannot come again.
  for (const [id, time] of used) {
    if (now - time <= 2 * maxSkewMs) break;
    used.delete(id);
  }
}
