// The seven calls that one order makes, and how long a provider takes to answer.

export const endpoints = [
  "stripe",
  "zoho-contact",
  "zoho-deal",
  "airtable",
  "postnord",
  "netvisor",
  "mailgun",
] as const;

export type Endpoint = (typeof endpoints)[number];

/** "none": the engines alone are seen. "realistic": what such providers take on an ordinary day, ms. */
export const latencies: Readonly<Record<Profile, Readonly<Record<Endpoint, number>>>> = {
  none: {
    stripe: 0,
    "zoho-contact": 0,
    "zoho-deal": 0,
    airtable: 0,
    postnord: 0,
    netvisor: 0,
    mailgun: 0,
  },
  realistic: {
    stripe: 150,
    "zoho-contact": 250,
    "zoho-deal": 300,
    airtable: 200,
    postnord: 600,
    netvisor: 500,
    mailgun: 200,
  },
};

export type Profile = "none" | "realistic";

export function isProfile(text: string): text is Profile {
  return text === "none" || text === "realistic";
}

/** Calls one after the other: what the usual design waits for. */
export function sequentialMs(profile: Profile): number {
  return endpoints.reduce((sum, endpoint) => sum + latencies[profile][endpoint], 0);
}

/** The longest chain of calls that need each other: CRM and worklist do not hold up parcel, invoice and e-mail. */
export function criticalPathMs(profile: Profile): number {
  const ms = latencies[profile];
  const crm = ms["zoho-contact"] + ms["zoho-deal"] + ms.airtable;
  const parcel = ms.postnord + ms.netvisor + ms.mailgun;
  return ms.stripe + Math.max(crm, parcel);
}
