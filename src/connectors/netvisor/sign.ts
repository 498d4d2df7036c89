// Netvisor's authentication headers: a MAC over the URL and the other headers, made anew for every request.
import { createHmac } from "node:crypto";

export interface Credentials {
  /** Names the software that calls; shown in Netvisor's logs. */
  readonly sender: string;
  readonly customerId: string;
  readonly partnerId: string;
  readonly customerKey: string;
  readonly partnerKey: string;
  readonly organisationId: string;
  readonly language: "FI" | "EN" | "SE";
}

/** `url` is signed byte for byte: hand over exactly what is sent. */
export function signedHeaders(
  url: string,
  credentials: Credentials,
  now: Date,
  transactionId: string,
): Record<string, string> {
  const timestamp = now.toISOString().replace("T", " ").replace("Z", "");
  const timestampUnix = String(Math.floor(now.getTime() / 1000));
  const { sender, customerId, partnerId, organisationId, language } = credentials;
  const mac = macOf(url, credentials, timestamp, timestampUnix, transactionId);
  return {
    "X-Netvisor-Authentication-Sender": sender,
    "X-Netvisor-Authentication-CustomerId": customerId,
    "X-Netvisor-Authentication-PartnerId": partnerId,
    "X-Netvisor-Authentication-Timestamp": timestamp,
    "X-Netvisor-Authentication-TimestampUnix": timestampUnix,
    "X-Netvisor-Authentication-TransactionId": transactionId,
    "X-Netvisor-Authentication-MAC": mac,
    "X-Netvisor-Authentication-MACHashCalculationAlgorithm": "HMACSHA256",
    // Without it every answer is HTTP 200.
    "X-Netvisor-Authentication-UseHTTPResponseStatusCodes": "1",
    "X-Netvisor-Interface-Language": language,
    "X-Netvisor-Organisation-ID": organisationId,
  };
}

/** The partner id is not part of the message; the two keys are, and they are the HMAC's key as well. */
export function macOf(
  url: string,
  credentials: Credentials,
  timestamp: string,
  timestampUnix: string,
  transactionId: string,
): string {
  const { sender, customerId, customerKey, partnerKey, organisationId, language } = credentials;
  const message = [
    url,
    sender,
    customerId,
    timestamp,
    language,
    organisationId,
    transactionId,
    timestampUnix,
    customerKey,
    partnerKey,
  ].join("&");
  // Netvisor counts in ISO 8859-1: a sender with "ä" signed as UTF-8 is refused.
  const key = Buffer.from(`${customerKey}&${partnerKey}`, "latin1");
  return createHmac("sha256", key).update(Buffer.from(message, "latin1")).digest("hex");
}
