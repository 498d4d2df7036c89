import assert from "node:assert/strict";
import { test } from "node:test";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Ask, SetUpFinding } from "../../connector-kit/connector.ts";
import { zoho } from "./connector.ts";
import type { ZohoOptions } from "./options.ts";
import { type Rig, required, rig } from "./shop-for-tests.ts";

/** A person at the terminal who gives these answers in turn, and then has none. */
function person(...answers: readonly string[]) {
  const asked: string[] = [];
  const ask: Ask = async (question) => answers[asked.push(question) - 1];
  return { ask, asked };
}

function setUp(shop: Rig, ask: Ask, lacking: readonly string[] = []) {
  const secrets = Object.fromEntries(
    Object.entries(shop.wiring.secrets).filter(([name]) => !lacking.includes(name)),
  );
  const found = shop.connector.setUp?.({ ...shop.wiring, secrets }, shop.call.send, ask);
  assert.ok(found);
  return found;
}

const sentences = (findings: readonly SetUpFinding[]) => findings.map(({ sentence }) => sentence);

async function mended(findings: readonly SetUpFinding[]): Promise<string> {
  const [first] = findings.filter(({ mend }) => mend);
  assert.ok(first?.mend);
  return first.mend();
}

test("setting up exchanges the grant code of a Self Client, and tells which variable to set", async () => {
  const shop = await rig();
  const { ask, asked } = person(shop.simulator.grantCode());
  const findings = await setUp(shop, ask, ["refreshToken"]);
  assert.match(sentences(findings).join(), /ZOHO_REFRESH_TOKEN is not set.*Self Client/);
  assert.deepEqual(asked, [], "looking asks nobody");
  const told = await mended(findings);
  const { clientId, clientSecret, refreshToken = "" } = shop.simulator.secrets;
  assert.ok(told.includes(`Set ZOHO_REFRESH_TOKEN to this value and keep it secret`));
  assert.equal(told.split(refreshToken).length, 2, "once");
  for (const secret of [clientId, clientSecret, "1000.simulated.access"]) {
    assert.equal(told.includes(secret ?? ""), false);
  }
  assert.match(told, /unique field External_Order_ID/, "the new token is tried at once");
});

test("the scopes asked for are those that the options need", async () => {
  const scopesOf = async (options: Partial<ZohoOptions>) =>
    sentences(await setUp(await rig(options), person().ask, ["refreshToken"])).join();
  const plain = await scopesOf({});
  assert.match(plain, /ZohoCRM\.coql\.READ/);
  assert.doesNotMatch(plain, /notes|salesorders/);
  assert.match(
    await scopesOf({ details: "note", salesOrders: {} }),
    /notes\.ALL.*salesorders\.ALL/,
  );
});

test("the refresh token is told even when the organisation is not ready yet", async () => {
  const shop = await rig({}, { orderField: undefined });
  const { ask } = person(shop.simulator.grantCode());
  const told = await mended(await setUp(shop, ask, ["refreshToken"]));
  assert.ok(told.includes(shop.simulator.secrets.refreshToken ?? "-"));
  assert.match(told, /Still to do: Zoho CRM has no field External_Order_ID in Deals: create/);
});

for (const [what, answers, hint] of [
  ["used before", "twice", /invalid_code.*used before/],
  ["of nobody's", "1000.not.ours", /invalid_code/],
  ["no code at all", "two words", /This is no grant code/],
  ["not pasted, for nobody is there", undefined, /run this in a terminal/],
] as const) {
  test(`a grant code that is ${what} is refused with what to do, and without the client secret`, async () => {
    const shop = await rig();
    const code = answers === "twice" ? shop.simulator.grantCode() : answers;
    if (answers === "twice") {
      await mended(await setUp(shop, person(code ?? "").ask, ["refreshToken"]));
    }
    const given = code === undefined ? [] : [code];
    const findings = await setUp(shop, person(...given).ask, ["refreshToken"]);
    await assert.rejects(mended(findings), (error) => {
      assert.ok(error instanceof ActionError);
      assert.match(error.message, hint);
      assert.equal(error.message.includes(shop.simulator.secrets.clientSecret ?? "-"), false);
      return true;
    });
  });
}

test("in an organisation that is ready there is nothing to mend", async () => {
  const shop = await rig(
    { fields: { invoiceNumber: "Invoice_No" }, salesOrders: {}, pipeline: "Shop" },
    { pipelines: ["Shop"] },
  );
  const findings = await setUp(shop, person().ask);
  assert.ok(findings.every(({ mend }) => mend === undefined));
  const all = sentences(findings).join("\n");
  assert.match(all, /Deals has the unique field External_Order_ID/);
  assert.match(all, /Deals knows Stage "Closed Won", Pipeline "Shop"/);
  assert.match(all, /Deals has Invoice_No/);
  assert.match(all, /Sales_Orders has the unique field External_Order_ID/);
});

test("everything that is missing in the organisation is told at once, and looking changes nothing", async () => {
  const shop = await rig(
    { stage: "Bezahlt", multiCurrency: true, salesOrders: {} },
    { isMultiCurrency: false, isOrderFieldUnique: false, salesOrderField: undefined, stages: [] },
  );
  const findings = await setUp(shop, person().ask);
  const todo = sentences(findings.filter(({ mend }) => mend)).join("\n");
  assert.match(todo, /External_Order_ID of Deals accepts duplicates/);
  assert.match(todo, /no Stage "Bezahlt".*such as "Closed Won", "Closed Lost"/);
  assert.match(todo, /multiCurrency/);
  assert.match(todo, /no field External_Order_ID in Sales_Orders/);
  assert.deepEqual(shop.simulator.records(), []);
  for (const request of shop.requests) assert.match(request, /^GET|coql$|token$/);
});

test("a field that a person creates while being asked is seen when they say done", async () => {
  // Two organisations stand for one: before, and after somebody has created the field.
  const before = await rig({}, { orderField: undefined });
  const after = await rig();
  let isCreated = false;
  const ask: Ask = async () => {
    isCreated = true;
    return "done";
  };
  const send: typeof before.call.send = (request) =>
    (isCreated ? after : before).call.send(request);
  const findings = await before.connector.setUp?.(before.wiring, send, ask);
  assert.ok(findings);
  assert.match(await mended(findings), /Deals has the unique field External_Order_ID/);
});

test("what a person must create is not called done when nobody is there", async () => {
  const shop = await rig({}, { orderField: undefined });
  await assert.rejects(mended(await setUp(shop, person().ask)), /create a single-line field/);
});

test("a refresh token without the scope for COQL is told by name, and ends the setting up", async () => {
  const shop = await rig();
  shop.simulator.setMood("no-coql-scope", true);
  await assert.rejects(setUp(shop, person().ask), /OAUTH_SCOPE_MISMATCH.*lacks a scope/);
  await assert.rejects(shop.connector.check(shop.wiring, shop.call.send), /lacks a scope/);
});

test("a shop without its refresh token is set up by the secret that the connector can get", () => {
  assert.deepEqual(zoho(required).obtains, ["refreshToken"]);
});
