// Zoho keeps each organisation in one data centre: its tokens are worth nothing in another one.

export interface DataCentre {
  readonly accounts: string;
  readonly api: string;
}

export const dataCentreNames = ["eu", "us", "in", "au", "jp", "ca", "sa", "cn", "uk"] as const;

export type DataCentreName = (typeof dataCentreNames)[number];

export const dataCentres: Readonly<Record<DataCentreName, DataCentre>> = {
  eu: { accounts: "https://accounts.zoho.eu", api: "https://www.zohoapis.eu" },
  us: { accounts: "https://accounts.zoho.com", api: "https://www.zohoapis.com" },
  in: { accounts: "https://accounts.zoho.in", api: "https://www.zohoapis.in" },
  au: { accounts: "https://accounts.zoho.com.au", api: "https://www.zohoapis.com.au" },
  jp: { accounts: "https://accounts.zoho.jp", api: "https://www.zohoapis.jp" },
  ca: { accounts: "https://accounts.zohocloud.ca", api: "https://www.zohoapis.ca" },
  sa: { accounts: "https://accounts.zoho.sa", api: "https://www.zohoapis.sa" },
  cn: { accounts: "https://accounts.zoho.com.cn", api: "https://www.zohoapis.com.cn" },
  // Not verified: one secondary source only.
  uk: { accounts: "https://accounts.zoho.uk", api: "https://www.zohoapis.uk" },
};

/** Whose API host this is, if it is one of Zoho's; an answer may never choose any other host. */
export function dataCentreOf(apiDomain: string): DataCentreName | undefined {
  return dataCentreNames.find((name) => dataCentres[name].api === apiDomain);
}
