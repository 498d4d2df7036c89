// What nobody here can run is at least held against what it names.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string) => readFileSync(root + path, "utf8");

const service = z.looseObject({
  build: z.string().optional(),
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.unknown()).optional(),
});
const compose = z
  .looseObject({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })
  .parse(parse(read("compose.yaml"), { merge: true }));

test("each service of compose.yaml has an image, and what it depends on and keeps is there", () => {
  for (const [name, { build, image, volumes = [], depends_on = {} }] of Object.entries(
    compose.services,
  )) {
    assert.ok(build ?? image, name);
    for (const volume of volumes)
      assert.ok((volume.split(":")[0] ?? "") in compose.volumes, volume);
    for (const other of Object.keys(depends_on)) assert.ok(other in compose.services, other);
  }
});

test("containers and units start files that exist, with roles that exist", () => {
  const commands = [
    ...Object.values(compose.services).flatMap(({ build, command }) =>
      build && command ? [command.join(" ")] : [],
    ),
    ...["ordna.service", "ordna@.service"].flatMap((unit) =>
      read(`ops/systemd/${unit}`).match(/^ExecStart=.*$/gm),
    ),
    ...(read("Dockerfile").match(/^CMD .*$/gm) ?? []).map((cmd) => cmd.replaceAll(/[",[\]]/g, "")),
  ];
  assert.ok(commands.length >= 5, "all of them were found");
  for (const command of commands) {
    assert.match(command ?? "", /node src\/main\.ts serve( --role (web|worker|%i))?$/);
  }
  assert.ok(existsSync(`${root}src/main.ts`));
});

test("the image copies only what exists, and runs without rights", () => {
  const dockerfile = read("Dockerfile");
  const copied = [...dockerfile.matchAll(/^COPY --from=build .*? \/ordna\/(\S+) /gm)].map(
    ([, path]) => path ?? "",
  );
  assert.ok(copied.length >= 5);
  for (const path of copied.filter((path) => path !== "dist")) {
    assert.ok(existsSync(root + path), path);
  }
  const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
  assert.match(last, /^USER node$/m);
  assert.match(last, /^HEALTHCHECK /m);
  assert.ok(!/\bCOPY \. \./.test(last), "no whole folder gets into the image that runs");
});

test("no secret gets into the image", () => {
  const ignored = read(".dockerignore").split("\n");
  for (const path of [".env", ".data", ".git"]) assert.ok(ignored.includes(path), path);
});
