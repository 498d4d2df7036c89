import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { quirks } from "./quirks.ts";

test("each quirk of Netvisor has an id of its own and names tests that are here", () => {
  const folder = new URL("./", import.meta.url);
  const code = readdirSync(folder)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n");
  // Those of a table are put together: `an invoice with ${name} is INVALID_DATA`.
  const together = code.replaceAll(
    /an invoice with \$\{name\}/g,
    "an invoice with a decimal point",
  );
  const missing = quirks.flatMap((quirk) =>
    "tests" in quirk
      ? quirk.tests.filter(
          (name) => !together.includes(`(\`${name}\``) && !together.includes(`("${name}"`),
        )
      : [],
  );
  assert.deepEqual(missing, []);
  assert.equal(new Set(quirks.map(({ id }) => id)).size, quirks.length);
});
