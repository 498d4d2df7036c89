// That a description which our wire does not fit is found out: the descriptions themselves are not part of Ordna.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { botApi } from "./bot-api.ts";
import { dtds } from "./dtd.ts";
import type { Exchange } from "./exchange.ts";
import type { Description } from "./finding.ts";
import { objectSchemas } from "./object-schemas.ts";
import { openapi } from "./openapi.ts";

const json = (value: unknown) => ({ type: "application/json", text: JSON.stringify(value) });

const exchange = (sent: unknown, answered: unknown, more: Partial<Exchange> = {}): Exchange => ({
  provider: "sample",
  method: "post",
  path: "/base/v1/parcels/7",
  sent: json(sent),
  status: 200,
  answered: json(answered),
  ...more,
});

const kinds = (held: Description, one: Exchange) => held(one).map(({ kind }) => kind);

const parcel = {
  type: "object",
  required: ["weight"],
  properties: { weight: { type: "integer" } },
};

test("an operation of OpenAPI or Swagger is found by its path, and both its bodies are held against it", () => {
  const content = { "application/json": { schema: { $ref: "#/components/schemas/parcel" } } };
  const newer = openapi({
    paths: {
      "/v1/parcels/{id}": { post: { requestBody: { content }, responses: { 200: { content } } } },
    },
    components: { schemas: { parcel } },
  });
  const older = openapi({
    paths: {
      "/v1/parcels/{id}": {
        post: {
          parameters: [{ in: "query" }, { in: "body", schema: { $ref: "#/definitions/parcel" } }],
          responses: { 200: { schema: { $ref: "#/definitions/parcel" } } },
        },
      },
    },
    definitions: { parcel },
  });
  for (const held of [newer, older]) {
    assert.deepEqual(kinds(held, exchange({ weight: 1 }, { weight: 2 })), ["fits", "fits"]);
    assert.deepEqual(kinds(held, exchange({ weight: "1" }, {})), ["differs", "differs"]);
    const unknown = exchange({ weight: 1 }, { weight: 1 }, { status: 418 });
    assert.deepEqual(kinds(held, unknown), ["fits", "not described"]);
    assert.deepEqual(kinds(held, exchange({}, {}, { path: "/v1/letters" })), []);
  }
});

test("an answer is held against the schema of the object that it says it is, each of a list too", () => {
  const held = objectSchemas({ $defs: { parcel, list: { type: "object" } } });
  const one = { object: "parcel", weight: 1 };
  const list = { object: "list", data: [one, { object: "parcel" }] };
  assert.deepEqual(kinds(held, exchange({}, one)), ["fits"]);
  assert.deepEqual(kinds(held, exchange({}, list)), ["fits", "fits", "differs"]);
});

test("a method of the Bot API knows its fields and no others", () => {
  const field = { name: "text", types: ["String"], required: true };
  const held = botApi({
    methods: { say: { fields: [field], returns: ["Said"] } },
    types: { Said: { fields: [{ name: "id", types: ["Integer"], required: true }] } },
  });
  const said = (sent: unknown, result: unknown) =>
    exchange(sent, { ok: true, result }, { path: "/bot1:x/say" });
  assert.deepEqual(kinds(held, said({ text: "a" }, { id: 1 })), ["fits", "fits"]);
  assert.deepEqual(kinds(held, said({ text: "a", colour: 1 }, {})), ["differs", "differs"]);
});

test("a document type minds the order of its elements, and what may be left out", () => {
  const held = dtds([
    `<!ELEMENT root (invoice)> <!ELEMENT invoice (date, note?, line+)>
     <!ELEMENT date (#PCDATA)> <!ELEMENT note (#PCDATA)> <!ELEMENT line (#PCDATA)>`,
  ]);
  const sent = (inside: string) =>
    kinds(held, exchange({}, {}, { sent: { type: "text/xml", text: `<root>${inside}</root>` } }));
  const [date, line] = ["<Date>2026-11-23</Date>", "<Line>1</Line>"];
  assert.deepEqual(sent(`<Invoice>${date}${line}${line}</Invoice>`), ["fits"]);
  assert.deepEqual(sent(`<Invoice>${date}<Note/>${line}</Invoice>`), ["fits"]);
  assert.deepEqual(sent(`<Invoice>${line}${date}</Invoice>`), ["differs"]);
  assert.deepEqual(sent(`<Invoice>${date}<Colour/>${line}</Invoice>`), ["differs"]);
  assert.deepEqual(sent("<Credit/>"), ["not described"]);
});

test("without a folder the script says what to put there", () => {
  const script = join(import.meta.dirname, "../../scripts/check-specs.mjs");
  for (const args of [[], [join(import.meta.dirname, "nowhere")]]) {
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
    assert.equal(status, 2);
    assert.match(stderr, /Usage: .*check-specs\.mjs <folder>/);
  }
});
