import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Connector, Wiring } from "../../connector-kit/connector.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { Send } from "../../connector-kit/http.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { templateSchema } from "./api.ts";
import { aShop } from "./shop-for-tests.ts";
import { mailgunSimulator } from "./simulator.ts";
import { layouts } from "./template.ts";

const name = "order-confirmation";
const version = layouts[0]?.version ?? "";

const nobody = async () => undefined;

/** Mends everything that is found; the sentences of what was found, and of what was done. */
async function setUp(connector: Connector<"mail">, wiring: Wiring, send: Send) {
  const findings = (await connector.setUp?.(wiring, send, nobody)) ?? assert.fail("no layouts");
  const found = findings.map(({ sentence }) => sentence).join(" ");
  const done: string[] = [];
  for (const { mend } of findings) if (mend) done.push(await mend());
  return { found, done: done.join(" ") };
}

test("a look at the layouts changes nothing", async () => {
  const { look, activeTag } = aNewAccount();
  await look();
  await assert.rejects(activeTag());
});

/** A shop whose Mailgun account is new: no layout is there yet. */
function aNewAccount() {
  const { connector, wiring } = aShop();
  const simulator = mailgunSimulator(memoryKit());
  const send = directSend(simulator);
  const authorization = `Basic ${btoa(`api:${simulator.secrets.apiKey}`)}`;
  const ask = (path: string, init: { method?: string; body?: FormData } = {}) =>
    simulator.fetch(
      new Request(`http://127.0.0.1/v3/mg.example.com/templates${path}`, {
        ...init,
        headers: { authorization },
      }),
    );
  const activeTag = async () => {
    const response = await ask(`/${name}?active=yes`);
    return templateSchema.parse(await response.json()).template.version?.tag;
  };
  const look = () => connector.setUp?.(wiring, send, nobody);
  return { push: () => setUp(connector, wiring, send), look, ask, activeTag };
}

test("a new account gets the layout once; a second push changes nothing", async () => {
  const { push, activeTag } = aNewAccount();
  const first = await push();
  for (const layout of layouts) {
    assert.match(first.found, new RegExp(`"${layout.name}" .* is not there: create it`));
  }
  assert.match(first.done, /was created/);
  assert.equal(await activeTag(), version);
  const second = await push();
  assert.match(second.found, /is up to date/);
  assert.equal(second.done, "");
});

test("an older layout is brought up to date, and ours comes back after a switch", async () => {
  const { push, ask, activeTag } = aNewAccount();
  const form = new FormData();
  for (const [key, value] of Object.entries({ name: "Order-Confirmation", template: "old" })) {
    form.set(key, value);
  }
  assert.equal((await ask("", { method: "POST", body: form })).status, 200);
  assert.match((await push()).done, /was brought up to date/);
  assert.equal(await activeTag(), version);
  const switched = new FormData();
  switched.set("active", "yes");
  await ask(`/${name}/versions/initial`, { method: "PUT", body: switched });
  assert.equal(await activeTag(), "initial");
  assert.match((await push()).done, /switched back/);
  assert.equal(await activeTag(), version);
});

test("two shops on one domain keep their layouts apart by a prefix", async () => {
  const shop = aShop({ templatePrefix: "second-" });
  const { found } = await setUp(shop.connector, shop.wiring, shop.toMailgun);
  assert.match(found, /"second-order/);
});

test("Mailgun's own example of a stored template is read", () => {
  const file = new URL("fixtures/template-create.200.json", import.meta.url);
  const { response } = JSON.parse(readFileSync(file, "utf8"));
  assert.equal(templateSchema.parse(response.body).template.version?.tag, "initial");
});

test("the check tells a missing layout, a foreign one and a good account apart", async () => {
  const shop = aShop();
  const good = await shop.connector.check(shop.wiring, shop.toMailgun);
  assert.match(good, /mg\.example\.com is active in the eu region\. .* is up to date\./);
  const empty = directSend(mailgunSimulator(memoryKit()));
  await assert.rejects(shop.connector.check(shop.wiring, empty), {
    verdict: "permanent",
    failure: { cause: "template.missing" },
  });
  const old = layouts.map((layout) => ({ name: layout.name, tag: "v0", template: "old" }));
  const foreign = directSend(mailgunSimulator(memoryKit(), { templates: old }));
  assert.match(await shop.connector.check(shop.wiring, foreign), /another version than ours/);
});

test("the check says which setting is wrong: the region, or the key", async () => {
  const shop = aShop();
  shop.simulator.setMood("wrong-region", true);
  await assert.rejects(shop.connector.check(shop.wiring, shop.toMailgun), /set region: "us"/);
  const locked = aShop({ secrets: { apiKey: "wrong" } });
  await assert.rejects(locked.connector.check(locked.wiring, locked.toMailgun), {
    failure: { cause: "auth.refused", status: 401 },
  });
});

test("the check compares the webhook signing key with the account's, and shows neither", async () => {
  const shop = aShop();
  const { apiKey = "", webhookSigningKey = "" } = shop.simulator.secrets;
  const checked = (secrets: Record<string, string>) => {
    const other = aShop({ secrets });
    return other.connector.check(other.wiring, other.toMailgun);
  };
  assert.match(await checked({ apiKey, webhookSigningKey }), /signing key is the account's/);
  assert.match(await checked({ apiKey }), /No webhook signing key/);
  await assert.rejects(checked({ apiKey, webhookSigningKey: "key-of-another" }), (thrown) => {
    assert.match(String(thrown), /not the account's/);
    assert.doesNotMatch(String(thrown), /key-of-another|key-simulated/);
    return true;
  });
});
