import assert from "node:assert/strict";
import { test } from "node:test";
import { anOrder } from "../connector-kit/sample-order.ts";
import type { Party } from "../order/order.ts";
import { deliveryProblem } from "./delivery-address.ts";
import { isEmail } from "./email.ts";

const { shipTo } = anOrder();

function to(address: Party["address"], more: Partial<Party> = {}) {
  return deliveryProblem({ ...shipTo, ...more, address: { ...shipTo.address, ...address } });
}

const postalCodes: readonly (readonly [
  country: string,
  good: readonly string[],
  bad: readonly string[],
])[] = [
  ["FI", ["00100", "FI-00100", "fi-00100", " 00100 "], ["0100", "001000", "00 100", "ABCDE"]],
  ["SE", ["21134", "211 34", "SE-211 34", "SE-21134"], ["2113", "2 1134", "21134A", "S-21134"]],
  ["NO", ["0150", "NO-0150"], ["00150", "150"]],
  ["DK", ["1050", "DK-1050"], ["01050", "105O"]],
  ["EE", ["10111", "EE-10111"], ["1011", "1011A"]],
  ["LV", ["1010", "LV-1010"], ["10100", "LT-1010"]],
  ["LT", ["01100", "LT-01100"], ["1100", "LV-01100"]],
  ["DE", ["10115", "DE-10115"], ["1011", "D10115"]],
  ["AT", ["1010"], ["01010"]],
  ["BE", ["1000"], ["B1000"]],
  ["NL", ["1012 AB", "1012AB", "1012ab", "NL-1012 AB"], ["1012", "AB 1012", "1012  AB"]],
  ["PL", ["00-950", "00950", "PL-00-950"], ["0-0950", "009500"]],
  ["FR", ["75001"], ["7500"]],
  ["ES", ["28001"], ["280010"]],
  ["IT", ["00118"], ["0118"]],
  // No pattern is known: whatever stands there is believed, and nothing at all is not.
  ["US", ["10001", "10001-1234"], ["", "  "]],
  ["GB", ["SW1A 1AA"], [""]],
  ["IE", ["", "D02 AF30"], []],
  ["HK", [""], []],
];

for (const [country, good, bad] of postalCodes) {
  test(`a parcel to ${country} needs a postal code as ${country} has them`, () => {
    for (const postalCode of good) assert.equal(to({ country, postalCode }), undefined, postalCode);
    for (const postalCode of bad) {
      const problem = to({ country, postalCode });
      assert.equal(problem?.cause, "address.postal_code", postalCode);
      assert.equal(problem?.field, "shipTo.address.postalCode");
    }
  });
}

test("a postal code that names another country is a contradiction, not a postal code", () => {
  assert.equal(to({ country: "FI", postalCode: "SE-21134" })?.cause, "address.postal_code");
  assert.equal(to({ country: "SE", postalCode: "FI-00100" })?.cause, "address.postal_code");
});

test("a long postal code is not repeated whole to the person who mends it", () => {
  const problem = to({ country: "FI", postalCode: "9".repeat(50) });
  assert.match(problem?.why ?? "", /^"9{20}" is no postal code of FI\.$/);
});

const incomplete: readonly (readonly [what: string, party: Party, cause: string, field: string])[] =
  [
    ["no address", { ...shipTo, address: undefined }, "address.incomplete", "address.country"],
    [
      "no country",
      { ...shipTo, address: { ...shipTo.address, country: undefined } },
      "address.incomplete",
      "address.country",
    ],
    ["no name", { ...shipTo, name: undefined }, "address.incomplete", "name"],
    ["a name of spaces", { ...shipTo, name: "  ", company: " " }, "address.incomplete", "name"],
    [
      "no street",
      { ...shipTo, address: { ...shipTo.address, line1: undefined } },
      "address.street_missing",
      "address.line1",
    ],
    [
      "a street of spaces",
      { ...shipTo, address: { ...shipTo.address, line1: " \t" } },
      "address.street_missing",
      "address.line1",
    ],
    [
      "no city",
      { ...shipTo, address: { ...shipTo.address, city: " " } },
      "address.incomplete",
      "address.city",
    ],
    [
      "no postal code",
      { ...shipTo, address: { ...shipTo.address, postalCode: undefined } },
      "address.postal_code",
      "address.postalCode",
    ],
  ];

for (const [what, party, cause, field] of incomplete) {
  test(`a parcel with ${what} is held, and the person is told which field to mend`, () => {
    const problem = deliveryProblem(party);
    assert.equal(problem?.cause, cause);
    assert.equal(problem?.field, `shipTo.${field}`);
    assert.match(problem?.why ?? "", /missing\.$/);
  });
}

test("a company without a person's name can receive a parcel", () => {
  assert.equal(to({}, { name: undefined, company: "Example Oy" }), undefined);
});

test("addresses that people have are e-mail addresses", () => {
  for (const good of [
    "buyer@example.com",
    "first.last+shop@mail.example.co.uk",
    "käyttäjä@öljy.example",
    "o'brien@example.ie",
    `${"a".repeat(64)}@example.com`,
    "1@2.fi",
  ]) {
    assert.ok(isEmail(good), good);
  }
});

const notMail: readonly string[] = [
  "",
  "buyer",
  "buyer@",
  "@example.com",
  "buyer@gmail",
  "buyer@.com",
  "buyer@example.",
  "buyer@example..com",
  "a@b@example.com",
  "a@b.fi\r\nBcc: x@y.example",
  '"a,b"@x.fi, victim@y.fi',
  "a@x.fi,b@y.fi",
  "a@x.fi; b@y.fi",
  "Example <a@x.fi>",
  "a b@x.fi",
  " a@x.fi",
  "a@x.fi\n",
  "a@[127.0.0.1]",
  "a@x.fi (comment)",
  "a\u0000@x.fi",
  "a@x\u0000.fi",
  "a\u202E@x.fi",
  "a@x.fi\u200B",
  "a\uD800@x.fi",
  "a\u00A0b@x.fi",
  `${"a".repeat(65)}@example.com`,
  `a@${"b".repeat(250)}.fi`,
];

test("lists, names, line breaks and invisible characters are no e-mail address", () => {
  for (const bad of notMail) assert.ok(!isEmail(bad), JSON.stringify(bad));
  assert.ok(!isEmail(undefined));
});

test("no text takes an e-mail check longer than ten milliseconds", () => {
  const long = 100_000;
  for (const text of [
    "a".repeat(long),
    "@".repeat(long),
    `a@${".".repeat(250)}`,
    `a@${"a.".repeat(120)}`,
    `${"a".repeat(60)}@${"a".repeat(180)}`,
    `a@${"a.".repeat(long)}`,
    "\u202E".repeat(long),
  ]) {
    // The fastest of some: the machine may be busy with something else.
    const took = [1, 2, 3, 4, 5].map(() => {
      const begun = performance.now();
      isEmail(text);
      return performance.now() - begun;
    });
    assert.ok(Math.min(...took) < 10, text.slice(0, 20));
  }
});
