import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryKit } from "../../connector-kit/simulator.ts";
import answers from "./fixtures/answers.json" with { type: "json" };
import { held, noon, type Rig, rig } from "./shop-for-tests.ts";
import { zohoSimulator } from "./simulator.ts";

const deal = { Deal_Name: "A", Stage: "Closed Won", External_Order_ID: "R1" };

async function asked(shop: Rig, method: string, path: string, body?: unknown) {
  const response = await shop.direct(method, path, body);
  const text = await response.text();
  const answer: unknown = text === "" ? undefined : JSON.parse(text);
  return { status: response.status, body: answer };
}

const create = (shop: Rig, module: string, ...data: object[]) =>
  asked(shop, "POST", module, { data, trigger: [] });

/** The answer with every scalar replaced by its type: two answers of one shape are equal. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (value === null || typeof value !== "object") return typeof value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([k, v]) => [k, shapeOf(v)]));
}

function assertShape(
  actual: { readonly status: number; readonly body: unknown },
  expected: { readonly status: number; readonly body: unknown },
): void {
  assert.equal(actual.status, expected.status);
  assert.deepEqual(shapeOf(actual.body), shapeOf(expected.body));
}

test("it answers in Zoho's shapes", async () => {
  const shop = await rig();
  const upsert = { data: [deal], duplicate_check_fields: ["External_Order_ID"] };
  assertShape(await asked(shop, "POST", "Deals/upsert", upsert), answers.written.inserted);
  assertShape(await asked(shop, "POST", "Deals/upsert", upsert), {
    ...answers.written.updated,
  });
  assertShape(await create(shop, "Deals", { Stage: "Closed Won" }), answers.written.mandatory);
  const long = { ...deal, External_Order_ID: "R2", Deal_Name: "x".repeat(121) };
  assertShape(await create(shop, "Deals", long), answers.written.too_long);
  assertShape(await create(shop, "Deals", deal), answers.written.duplicate);
  const contact = { Last_Name: "A", Email: "a@example.com" };
  assertShape(
    await create(shop, "Contacts", { ...contact, Email: "no" }),
    answers.written.wrong_type,
  );
  assert.equal((await create(shop, "Contacts", contact)).status, 201);
  const query = "select id, Email from Contacts where Email = 'a@example.com' limit 2";
  assertShape(await asked(shop, "POST", "coql", { select_query: query }), answers.read.coql);
  assertShape(await asked(shop, "GET", "Contacts/search"), answers.read.missing_param);
  assertShape(await asked(shop, "GET", "Nothings/1"), answers.refused.bad_module);
  assertShape(await asked(shop, "GET", "Contacts/a/b"), answers.refused.bad_url);
});

test("some good and some bad records make 207, in the order they were sent", async () => {
  const shop = await rig();
  const answer = await create(shop, "Contacts", { Last_Name: "A" }, { First_Name: "B" });
  assert.equal(answer.status, 207);
  assert.match(JSON.stringify(answer.body), /"success".*"MANDATORY_NOT_FOUND"/);
});

test("several errors of one record hide in one", async () => {
  const shop = await rig();
  await create(shop, "Deals", deal);
  const answer = await create(shop, "Deals", { ...deal, Amount: "12" });
  assert.equal(answer.status, 400);
  assert.match(JSON.stringify(answer.body), /"MULTIPLE_OR_MULTI_ERRORS".*"DUPLICATE_DATA"/);
});

test("unknown keys are dropped without a word, and ids have 19 digits", async () => {
  const shop = await rig();
  await create(shop, "Deals", { ...deal, Shipping_Address: { city: "Helsinki" } });
  const [made] = held(shop.simulator, "deal");
  assert.equal(made?.fields.Shipping_Address, undefined);
  assert.match(made?.id ?? "", /^\d{19}$/);
});

test("an upsert of deals that names no field merges deals of one name", async () => {
  const shop = await rig();
  await create(shop, "Deals", deal);
  const other = { ...deal, External_Order_ID: "R2" };
  await asked(shop, "POST", "Deals/upsert", { data: [other] });
  assert.equal(held(shop.simulator, "deal").length, 1);
});

test("two upserts at once: the unique field holds, the e-mail check does not", async () => {
  const shop = await rig();
  const twice = (path: string, body: object) =>
    Promise.all([1, 2].map(() => shop.direct("POST", path, body)));
  await twice("Contacts/upsert", {
    data: [{ Last_Name: "A", Email: "a@example.com" }],
    duplicate_check_fields: ["Email"],
  });
  assert.equal(held(shop.simulator, "contact").length, 2);
  await twice("Deals/upsert", { data: [deal], duplicate_check_fields: ["External_Order_ID"] });
  assert.equal(held(shop.simulator, "deal").length, 1);
});

test("equals behaves like contains, and search lags while COQL does not", async () => {
  const contact = { Last_Name: "A", Email: "sales_team@example.com" };
  const found = async (searchLagMs: number, path: string, body?: unknown) => {
    const shop = await rig({}, { searchLagMs });
    await create(shop, "Contacts", contact);
    return (await asked(shop, body ? "POST" : "GET", path, body)).status;
  };
  const lookAlike = `Contacts/search?criteria=${encodeURIComponent("(Email:equals:team@example)")}`;
  assert.equal(await found(0, lookAlike), 200);
  assert.equal(await found(0, "Contacts/search?email=sales-team%40example.com"), 200);
  assert.equal(await found(5_000, lookAlike), 204);
  const select_query = "select id from Contacts where (Email in ('x', 'sales_team@example.com'))";
  assert.equal(await found(5_000, "coql", { select_query }), 200);
  assert.equal(await found(0, "coql", { select_query: "select * from Contacts" }), 400);
});

const tokenForm = (shop: Rig, changes: Record<string, string> = {}) => {
  const { clientId = "", clientSecret = "", refreshToken = "" } = shop.simulator.secrets;
  return new URLSearchParams({
    grant_type: "refresh_token",
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
    ...changes,
  });
};

async function newToken(shop: Rig, changes: Record<string, string> = {}) {
  const url = "http://127.0.0.1:20000/oauth/v2/token";
  const request = new Request(url, { method: "POST", body: tokenForm(shop, changes) });
  const response = await shop.simulator.fetch(request);
  const body: unknown = await response.json();
  return { status: response.status, body };
}

test("ten access tokens in ten minutes, the eleventh is Access Denied", async () => {
  const shop = await rig();
  // The rig itself has taken one.
  for (let i = 0; i < 9; i++) assertShape(await newToken(shop), answers.token.granted);
  assert.deepEqual(await newToken(shop), answers.token.throttled);
});

test("wrong credentials are refused with status 200", async () => {
  const shop = await rig();
  assert.deepEqual(await newToken(shop, { client_id: "x" }), answers.token.invalid_client);
  assert.deepEqual(await newToken(shop, { refresh_token: "x" }), answers.token.invalid_code);
});

test("the sixteenth active token kills the oldest, and all of it outlives a restart", async () => {
  let now = noon.getTime();
  const kit = memoryKit(() => new Date(now));
  const maps = new Map<string, ReturnType<typeof kit.collection>>();
  const lasting: typeof kit = {
    now: kit.now,
    // One map for each name, as the journal on disk would give it back.
    collection: <T>(name: string) => {
      const known = maps.get(name) ?? kit.collection(name);
      maps.set(name, known);
      // The caller names the type of what it stored under this name itself.
      return known as ReturnType<typeof kit.collection<T>>;
    },
  };
  const options = { apiDomain: "", orderField: "X", stages: [], isMultiCurrency: false };
  const first = zohoSimulator(lasting, options);
  const { clientId = "", clientSecret = "", refreshToken = "" } = first.secrets;
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  });
  for (let i = 0; i < 16; i++) {
    const url = `https://accounts.zoho.eu/oauth/v2/token?${form}`;
    assert.equal((await first.fetch(new Request(url, { method: "POST" }))).status, 200);
    now += 90_000;
  }
  const restarted = zohoSimulator(lasting, options);
  const statusWith = async (number: number) => {
    const headers = { authorization: `Zoho-oauthtoken 1000.simulated.access${number}` };
    const url = "https://www.zohoapis.eu/crm/v8/settings/fields?module=Deals";
    return (await restarted.fetch(new Request(url, { headers }))).status;
  };
  assert.equal(await statusWith(1), 401);
  assert.equal(await statusWith(2), 200);
});
