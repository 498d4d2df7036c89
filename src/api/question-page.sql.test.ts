// A customer is asked for the address, and answers on the small page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sealsWith } from "../connector-kit/seal.ts";
import { amendOrder } from "../operator/amend-order.ts";
import { askCustomer } from "../operator/ask-customer.ts";
import { type OpenDesk, openDesk, testLinks } from "../operator/desk-for-tests.ts";
import { app } from "./app.ts";

let at: OpenDesk;
let hono: ReturnType<typeof app>;
before(async () => {
  at = await openDesk();
  const { db, ledger, pipelinesOf, customers } = at.desk;
  hono = app({
    db,
    pipelinesOf,
    ledger: at.ledger ?? ledger,
    ...(customers ? { asking: customers } : {}),
    door: async () => new Response(),
    access: { key: undefined, isSecure: false },
    sealFor: sealsWith(["a key for what the database holds"]),
    about: { version: "0.0.0", database: db.kind, queue: "ledger", providers: [] },
    openFile: async () => undefined,
    kick: () => {},
    proxies: 1,
  });
});
after(() => at.close());

let visitor = 0;
/** Each from an address of its own, unless it says which. */
const visit = (path: string, answers?: Readonly<Record<string, string>>, from?: string) =>
  hono.request(`http://127.0.0.1${path}`, {
    method: answers ? "POST" : "GET",
    headers: {
      "x-forwarded-for": from ?? `192.0.2.1, 198.51.100.${++visitor}`,
      "accept-language": "sv-FI,sv;q=0.9,en;q=0.5",
    },
    ...(answers ? { body: new URLSearchParams(answers) } : {}),
  });

const right = { line1: "Mannerheimintie 12", line2: "", postalCode: "00100", city: "Helsinki" };

/** An order that waits for its postal code, and the path of the link that its customer got. */
async function asked(key = "ask"): Promise<{ reference: string; path: string }> {
  const reference = await at.openWrong();
  await at.goOn();
  const { after: made } = await askCustomer(at.desk, at.wish(reference, `${key}-${reference}`));
  const link = testLinks().linkFor(`${reference}-${made.steps[0]}`);
  return { reference, path: new URL(link).pathname };
}

async function decisionsOn(reference: string) {
  const { rows } = await at.desk.db.query<{ what: string; actor: string }>(
    "select what, actor from decision where reference = $1 order by number",
    [reference],
  );
  return rows.map(({ what, actor }) => `${what} by ${actor}`);
}

test("a customer corrects the address, and the order goes on by itself", async () => {
  const { reference, path } = await asked();
  await at.goOn();
  assert.deepEqual(at.sentTo(reference), ["buyer@example.com"]);
  const form = await visit(path);
  assert.equal(form.status, 200);
  assert.match(form.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  assert.equal(form.headers.get("referrer-policy"), "no-referrer");
  const html = await form.text();
  assert.match(html, /<html lang="fi" dir="ltr">/);
  assert.match(html, /value="0010"/);
  assert.doesNotMatch(html, /<script|buyer@example\.com|Example Buyer|\+358/);
  assert.ok(!html.includes(reference), "nothing but what was asked");

  const wrong = await visit(path, { ...right, postalCode: "ABC" });
  assert.equal(wrong.status, 422);
  const told = await wrong.text();
  assert.match(told, /id="postalCode-error">Postinumero ei sovi paikkakuntaan tai maahan\./);
  assert.match(told, /aria-invalid="true" aria-describedby="postalCode-error"/);

  const thanks = await visit(path, { ...right, "buyer.email": "mallory@example.com" });
  assert.equal(thanks.status, 200);
  assert.match(await thanks.text(), /Kiitos\. Tilauksesi etenee itsestään\./);
  await at.goOn();
  const states = await at.states(reference);
  assert.equal(states.check, "done");
  assert.equal(states.booking, "done");
  const record = await at.ledger.loadOrder(reference);
  assert.equal(record?.order.shipTo.address?.postalCode, "00100");
  assert.equal(record?.order.buyer.email, "buyer@example.com", "only what was asked is read");
  assert.deepEqual(await decisionsOn(reference), [
    "customer.ask by Example Manager",
    "customer.answer by customer",
  ]);
  assert.match(await (await visit(path, right)).text(), /Kiitos/, "pressed twice");
  assert.equal((await decisionsOn(reference)).length, 2);
});

test("a link that is unknown, used, expired, signed by another or overtaken looks like any other", async () => {
  const { reference, path } = await asked("one");
  const seen: string[] = [];
  const see = async (where: string, answers?: typeof right) => {
    const response = await visit(where, answers);
    seen.push(`${response.status} ${await response.text()}`);
  };
  await see(`/address/${"A".repeat(43)}`);
  await see("/address/x");
  const { db } = at.desk;
  const expire = (what: string) =>
    db.query(`update question set ${what} where reference = $1`, [reference]);
  await expire("asked_at = now() - interval '8 days', expires_at = now() - interval '1 second'");
  await see(path);
  await see(path, right);
  await expire("expires_at = now() + interval '1 day'");
  assert.equal((await visit(path)).status, 200, "it was the time alone");
  await expire("token_hash = repeat('0', 64)");
  await see(path);
  const used = await asked("two");
  await visit(used.path, right);
  await see(used.path);
  const overtaken = await asked("three");
  const changes = [{ field: "shipTo.address.postalCode", value: "00120" }];
  await amendOrder(at.desk, { ...at.wish(overtaken.reference, "quick"), changes });
  await see(overtaken.path);
  await see(overtaken.path, right);
  const { reference: other, path: older } = await asked("four");
  await db.query(
    "update question set asked_at = asked_at - interval '2 hours' where reference = $1",
    [other],
  );
  await askCustomer(at.desk, at.wish(other, "again"));
  await see(older);
  assert.equal(new Set(seen).size, 1, seen.join("\n"));
  assert.match(
    seen[0] ?? "",
    /^404 [\s\S]*<html lang="sv"[\s\S]*Den här länken fungerar inte längre/,
  );
});

test("when an operator and the customer correct at the same moment, one of them does, and the other is told", async () => {
  const winners = new Set<string>();
  for (const nth of [0, 1, 2, 3, 4, 5]) {
    const { reference, path } = await asked(`race-${nth}`);
    const changes = [{ field: "shipTo.address.postalCode", value: "00120" }];
    const operator = async () => {
      if (nth % 2 === 1) await sleep(4);
      const wish = { ...at.wish(reference, `race-${nth}-${reference}`), changes };
      return amendOrder(at.desk, wish).then(
        () => "00120",
        () => undefined,
      );
    };
    const customer = async () => {
      if (nth % 2 === 0) await sleep(4);
      return (await visit(path, right)).status === 200 ? "00100" : undefined;
    };
    const said = await Promise.all([operator(), customer()]);
    const kept = (await at.ledger.loadOrder(reference))?.order.shipTo.address?.postalCode;
    const last = (await decisionsOn(reference)).at(-1) ?? "";
    assert.ok(said.includes(kept ?? ""), `${said} said yes, and ${kept} was kept`);
    if (last.includes("customer.answer")) winners.add("customer");
    else {
      winners.add("operator");
      // The operator may correct what the customer wrote; never the other way round.
      assert.equal(kept, "00120");
    }
  }
  assert.ok(winners.size > 0);
});

test("whoever tries too often has to wait: by the link, and by the address that asks", async () => {
  const { path } = await asked("slow");
  const statuses: number[] = [];
  for (let tries = 0; tries < 31; tries += 1) statuses.push((await visit(path)).status);
  assert.deepEqual(statuses.slice(29), [200, 429]);
  let last = 0;
  for (let tries = 0; tries < 61; tries += 1) {
    const response = await visit(
      `/address/${`guess${tries}`.padEnd(43, "x")}`,
      undefined,
      "x, 203.0.113.7",
    );
    last = response.status;
  }
  assert.equal(last, 429);
  assert.equal((await visit(`/address/${"y".repeat(43)}`)).status, 404, "others go on");
});

test("a customer is asked only where the answer lets the order go on, and not again within the hour", async () => {
  const ask = (reference: string, key: string, desk = at.desk) =>
    askCustomer(desk, at.wish(reference, `${key}-${reference}`));
  await assert.rejects(ask(await at.openOrder(), "early"), /Nothing of the order waits/);
  const { reference } = await asked("first");
  await assert.rejects(ask(reference, "second"), /less than an hour ago/);
  const { isRepeat } = await ask(reference, "first");
  assert.equal(isRepeat, true, "the same key asks once");
  const links = testLinks("a key that signs what customers get", false);
  const customers = at.desk.customers && { ...at.desk.customers, links };
  const wrong = await at.openWrong();
  await at.goOn();
  await assert.rejects(ask(wrong, "nowhere", { ...at.desk, customers }), /set ORDNA_PUBLIC_URL/);
});
