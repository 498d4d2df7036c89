import assert from "node:assert/strict";
import { test } from "node:test";
import { simulatedEndpoint } from "./simulated-endpoint.ts";
import { endpointWords, webhookEndpoint } from "./webhook-endpoints.ts";

const anEndpoint = (more: object = {}) => webhookEndpoint.parse({ ...simulatedEndpoint, ...more });
const needed = ["checkout.session.completed", "refund.created"];

test("an endpoint that hears all that is needed is enough, whatever the others hear", () => {
  const exact = anEndpoint({ enabled_events: needed });
  const off = anEndpoint({ status: "disabled" });
  const elsewhere = anEndpoint({ url: "https://other.example.com/hooks", enabled_events: [] });
  assert.equal(
    endpointWords([exact, off, elsewhere], needed),
    "endpoints: 1 (API version 2026-10-28.endive)",
  );
});

test("two endpoints may share what they announce, each in the API version that it was made with", () => {
  const orders = anEndpoint({ enabled_events: ["checkout.session.completed"], api_version: null });
  const refunds = anEndpoint({ enabled_events: ["refund.created"] });
  assert.equal(
    endpointWords([orders, refunds], needed),
    "endpoints: 2 (API version the account's, 2026-10-28.endive)",
  );
  assert.match(endpointWords([orders], needed), /but nothing announces refund.created$/);
});

test("endpoints of other programs on the account are none of ours", () => {
  const elsewhere = anEndpoint({ url: "https://other.example.com/hooks", status: "disabled" });
  assert.match(endpointWords([elsewhere], needed), /^no endpoint for snapshot events leads to/);
});
