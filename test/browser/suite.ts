// What the browser's tests share: one browser, one server, many pages.
import type { BrowserContextOptions, Page } from "playwright-core";
import type { FakeOrdna } from "./fake-ordna.ts";

export interface Suite {
  readonly skip: string | boolean;
  readonly ordna: () => FakeOrdna;
  /** Runs `use` on a page that must not complain, nor reach beyond the API. */
  readonly onPage: (
    address: string,
    use: (page: Page) => Promise<void>,
    options?: BrowserContextOptions,
  ) => Promise<void>;
}

export const refusal = "PostNord does not offer this service to that address.";
export const refused = {
  booking: { state: "attention", cause: "address.postal_code", message: refusal },
} as const;
const down = { message: "Zoho does not answer.", cause: "provider.outage" };
export const outage = {
  contact: { state: "parked", ...down, dueAt: "2030-01-01T00:00:00Z" },
} as const;
