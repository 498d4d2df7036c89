import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { secret } from "../../connector-kit/connector.ts";
import type { HttpResponse } from "../../connector-kit/http.ts";
import { retryAfterOf } from "./retry-after.ts";
import { readSettings } from "./settings.ts";
import { aMessage, aShop, ending } from "./shop-for-tests.ts";

interface Documented {
  readonly status: number;
  readonly body?: { readonly message: string };
  readonly text?: string;
}

const documented: readonly Documented[] = JSON.parse(
  readFileSync(new URL("fixtures/errors.json", import.meta.url), "utf8"),
).errors;

const textOf = (error: Documented) => error.text ?? JSON.stringify(error.body);

/** Sends to a Mailgun that takes nothing and answers so. */
async function refusedWith(status: number, text: string): Promise<string> {
  const shop = aShop();
  const outcome = await shop.attempt(aMessage(), false, {
    send: async (request) =>
      request.method === "GET"
        ? shop.toMailgun(request)
        : { status, headers: {}, body: new TextEncoder().encode(text), request },
  });
  return ending(outcome);
}

const meanings: Readonly<Record<string, string>> = {
  "from parameter": "permanent email.refused",
  "to parameter": "permanent address.email_invalid",
  "Need at least": "permanent email.refused",
  "Send options": "permanent email.refused",
  "Sandbox subdomains": "permanent email.refused",
  Forbidden: "transient auth.refused",
  "Domain not found": "transient auth.refused",
  "request size": "permanent request.refused",
  "request limit exceeded": "transient provider.rate_limited",
  "account-requests-per-sec": "transient provider.rate_limited",
  "Internal Server Error": "ambiguous provider.outage",
};

for (const error of documented) {
  test(`${error.status} ${textOf(error).slice(0, 90)} has one meaning`, async () => {
    const known = Object.keys(meanings).find((words) => textOf(error).includes(words)) ?? "";
    assert.equal(await refusedWith(error.status, textOf(error)), meanings[known]);
  });
}

test("an answer that is no answer leaves a doubt, never a second e-mail", async () => {
  for (const text of ["", "<html>log in</html>", '{"id":"<x', "[]", '{"message":"Queued"}']) {
    assert.equal(await refusedWith(200, text), "ambiguous provider.unexpected_answer", text);
  }
  assert.equal(await refusedWith(302, ""), "ambiguous provider.unexpected_answer");
});

test("the time to wait is read from both sentences, and from the header", () => {
  const now = new Date("2021-12-20T20:32:21Z");
  const waitMs = (text: string, headers: Record<string, string> = {}) => {
    const request = { method: "POST", url: "http://x" } as const;
    const response: HttpResponse = {
      status: 429,
      headers,
      body: new TextEncoder().encode(text),
      request,
    };
    return retryAfterOf(response, now);
  };
  const limits = documented.filter((e) => e.status === 429).map((e) => waitMs(textOf(e)));
  assert.deepEqual(limits, [60_000, 120_000]);
  assert.equal(waitMs('{"retry-seconds":60}'), 60_000);
  assert.equal(waitMs("Too many requests", { "retry-after": "1" }), 1000);
  assert.equal(waitMs("try again after 9999999 seconds"), 24 * 3600_000);
  assert.equal(waitMs("try again after Mon, 20 Dec 2020 20:33:21 UTC"), 0);
  assert.equal(waitMs("slow down"), undefined);
});

test("a wrong setting is named in one sentence when the configuration is read", () => {
  const good = {
    region: "eu",
    domain: "MG.example.com",
    apiKey: secret("MAILGUN_API_KEY"),
    from: { name: "Example Shop", email: "orders@mg.example.com" },
  } as const;
  assert.equal(readSettings(good).domain, "mg.example.com");
  assert.throws(() => readSettings({ ...good, domain: "https://mg.example.com" }), /not a domain/);
  assert.throws(() => readSettings({ ...good, replyTo: "a@b, c@d" }), /not an e-mail address/);
  assert.throws(() => readSettings({ ...good, templatePrefix: "Shop/" }), /template prefix/);
  assert.throws(() => readSettings({ ...good, lookupLagMs: -1 }), /negative/);
});
