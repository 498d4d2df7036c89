import assert from "node:assert/strict";
import { test } from "node:test";
import { readArray } from "./read-array.ts";

const read = (text: string) => readArray(text, (element) => element);

test("an array is read as PostgreSQL writes it", () => {
  assert.deepEqual(read("{}"), []);
  assert.deepEqual(read('{a,NULL,"NULL","",b c}'), ["a", null, "NULL", "", "b c"]);
  assert.deepEqual(read('{"a,b","{\\"}\\\\"}'), ["a,b", '{"}\\']);
});

test("what is not a plain list is refused, not misread", () => {
  assert.throws(() => read("{{1,2},{3,4}}"), /one-dimensional/);
  assert.throws(() => read("[2:3]={1,2}"), /one-dimensional/);
});
