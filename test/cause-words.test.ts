// The page speaks of every cause of the catalogue: one without words would be "something new" to whoever reads it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { causes } from "../src/connector-kit/cause.ts";

const page = new URL("../console/src/language/english/causes.ts", import.meta.url);

test("every cause has words on the page, and the page has no words for what is no cause", () => {
  const keys = [...readFileSync(page, "utf8").matchAll(/^ {2}"?([\w.]+)"?:/gm)];
  const spoken = keys.map(([, key]) => key);
  assert.deepEqual(spoken.sort(), Object.keys(causes).sort());
});
