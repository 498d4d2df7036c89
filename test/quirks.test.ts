// What the connectors' quirks.ts say holds without running a test: the names are there, the page counts right.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { declarationsIn, declaredTests, whereDeclared } from "./quirks/declared-tests.ts";
import { readProvidersPage, withTable } from "./quirks/providers-page.ts";
import { namedTests, quirkLists } from "./quirks/quirk-lists.ts";

const lists = await quirkLists();
const folder = join(import.meta.dirname, "../docs/providers");

test("a provider has no two quirks of one name", () => {
  for (const { provider, quirks } of lists) {
    const ids = quirks.map(({ id }) => id);
    const twice = ids.filter((id, nth) => ids.indexOf(id) !== nth);
    assert.deepEqual(twice, [], provider);
  }
});

test("every test that a quirk names is declared in exactly one place", () => {
  const declared = declaredTests();
  assert.ok(declared.length > 500, `only ${declared.length} tests were found`);
  for (const list of lists) {
    for (const name of namedTests(list)) {
      const places = whereDeclared(name, declared);
      assert.equal(places.length, 1, `${list.provider}: "${name}" is in [${places.join(", ")}]`);
    }
  }
});

test("the providers' table counts what their quirks.ts list (npm run quirks -- --write renews it)", () => {
  const page = readProvidersPage();
  assert.equal(page, withTable(page, lists));
});

test("every provider whose quirks are listed has its page, and the page's links lead somewhere", () => {
  const links = [...readProvidersPage().matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, to = ""]) => to);
  assert.deepEqual(
    links.filter((to) => !existsSync(join(folder, to))),
    [],
  );
});

test("a test is found by its whole name, its pattern, its table or the suite that makes it", () => {
  const hole = "$" + "{mood}";
  const text = [
    'test("one parcel, \\"once\\"", () => {});',
    `for (const mood of moods) test(\`${hole} sends nothing\`, () => {});`,
    'for (const one of [{ name: "a name in a table" }]) test(one.name, () => {});',
    'testAction("sample.put", () => {});',
  ].join("\n");
  const declared = declarationsIn("a.test.ts", text);
  const isDeclared = (name: string) => whereDeclared(name, declared).length === 1;
  assert.ok(isDeclared('one parcel, "once"'));
  assert.ok(isDeclared("slow-down sends nothing"));
  assert.ok(isDeclared("a name in a table"));
  assert.ok(isDeclared("sample.put: lose-answer leaves exactly one record"));
  assert.ok(!isDeclared("sample.put: another leaves exactly one record"));
  assert.ok(!isDeclared("sends nothing"));
  assert.ok(!isDeclared("another name in a table"));
});
