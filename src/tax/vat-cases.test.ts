// Cases worked out by hand: what `ordna tax` says of them, field by field.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { evaluateFile } from "./evaluate-file.ts";

const path = join(import.meta.dirname, "fixtures", "vat-cases.json");
const file = z
  .object({
    vectors: z.array(
      z.looseObject({
        id: z.string(),
        title: z.string(),
        expected: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(path, "utf8")));
const judged = new Map(
  evaluateFile(file).map((one) => {
    assert.ok(one.kind === "evaluated", one.kind === "unreadable" ? one.error : "");
    return [one.result.id, one];
  }),
);

for (const { id, title, expected } of file.vectors) {
  test(`${id}: ${title}`, () => {
    const one = judged.get(id) ?? assert.fail("it was not evaluated");
    const { id: _, ...result } = one.result;
    assert.deepEqual(result, expected, one.explanation);
    assert.match(one.explanation, /[.?]$/);
  });
}

test("there are cases enough to mean something", () => {
  assert.ok(file.vectors.length >= 70);
  const of = (field: string) => new Set(file.vectors.map(({ expected }) => expected[field]));
  assert.ok(of("scheme").size >= 9, "every scheme, and none");
});
