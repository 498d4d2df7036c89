// Our table of services and the simulator's, held against PostNord's published one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { services } from "./service-table.ts";
import { fixture } from "./shop-for-tests.ts";
import { serviceCodes } from "./simulated-services.ts";

const countries = z.array(z.string());
const published = z
  .object({
    services: z.record(
      z.string(),
      z.looseObject({
        from: countries.optional(),
        to: z.union([countries, z.record(z.string(), countries)]).optional(),
        require: z.looseObject({ addOneOf: countries.optional() }).optional(),
        forbidTo: countries.optional(),
      }),
    ),
    additionalServices: z.record(z.string(), z.string()),
  })
  .parse(fixture("services")).services;

const ours = Object.entries(services);

test("every service starts where PostNord's table says that it starts", () => {
  for (const [code, { reach }] of ours) {
    assert.deepEqual(Object.keys(reach), published[code]?.from, code);
  }
});

test("every service goes where PostNord's table says that it goes", () => {
  const words = { EUROPE: "europe", INTERNATIONAL: "world" } as const;
  for (const [code, { reach, notTo }] of ours) {
    const { to, from = [], forbidTo } = published[code] ?? {};
    assert.deepEqual(notTo, forbidTo, code);
    for (const [home, places] of Object.entries(reach)) {
      const told = Array.isArray(to) ? to : (to?.[home] ?? []);
      const isAllOfEurope = told.includes("EUROPE") && from.every((one) => told.includes(one));
      const expected = told
        .map((place) => Object.entries(words).find(([word]) => word === place)?.[1] ?? place)
        .filter((place) => !isAllOfEurope || place === "europe");
      assert.deepEqual(places, expected, `${code} from ${home}`);
    }
  }
});

test("one of the additional services that PostNord demands is demanded", () => {
  for (const [code, { oneOf }] of ours) {
    assert.deepEqual(oneOf, published[code]?.require?.addOneOf, code);
  }
});

test("the simulator offers in every country what PostNord's table offers there", () => {
  for (const { issuerCountryCode, serviceCodeDetails } of serviceCodes()) {
    for (const [code, { reach }] of ours) {
      const isOffered = serviceCodeDetails.some(({ serviceCode }) => serviceCode === code);
      assert.equal(isOffered, issuerCountryCode in reach, `${code} from ${issuerCountryCode}`);
    }
  }
});
