// Holds what went over the wire against the providers' own descriptions in a folder: see scripts/check-specs.mjs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { botApi, isBotApi } from "./bot-api.ts";
import { conversations } from "./conversations.ts";
import { dtds } from "./dtd.ts";
import type { Exchange } from "./exchange.ts";
import type { Description, Finding } from "./finding.ts";
import { hasObjectSchemas, objectSchemas } from "./object-schemas.ts";
import { openapi } from "./openapi.ts";

const [folder = ""] = process.argv.slice(2);

function descriptionsOf(provider: string): readonly Description[] {
  const files = filesIn(join(folder, provider));
  const found = files
    .filter((file) => file.endsWith(".dtd"))
    .map((file) => readFileSync(file, "utf8"));
  const documents = files.filter((file) => /\.(json|ya?ml)$/.test(file)).flatMap(documentIn);
  return [
    ...(found.length > 0 ? [dtds(found)] : []),
    ...documents.flatMap((document) => {
      if ("paths" in document) return [openapi(document)];
      if (hasObjectSchemas(document)) return [objectSchemas(document)];
      return isBotApi(document) ? [botApi(document)] : [];
    }),
  ];
}

function documentIn(file: string): object[] {
  const text = readFileSync(file, "utf8");
  const document: unknown = file.endsWith(".json") ? JSON.parse(text) : parse(text);
  return document !== null && typeof document === "object" ? [document] : [];
}

function filesIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

const exchanges = await conversations();
let differs = 0;
for (const provider of new Set(exchanges.map((one) => one.provider))) {
  const descriptions = descriptionsOf(provider);
  const mine = exchanges.filter((one) => one.provider === provider);
  if (descriptions.length === 0) {
    console.log(
      `${provider.padEnd(10)} not checked: there is no description in ${join(folder, provider)}`,
    );
    continue;
  }
  differs += report(
    provider,
    mine,
    mine.flatMap((one) => descriptions.flatMap((held) => held(one))),
  );
}
process.exit(differs > 0 ? 1 : 0);

function report(provider: string, mine: readonly Exchange[], findings: readonly Finding[]): number {
  const count = (kind: Finding["kind"]) => findings.filter((one) => one.kind === kind).length;
  const unknown = mine.filter((one) => !findings.some(({ exchange }) => exchange === one)).length;
  console.log(
    `${provider.padEnd(10)} ${mine.length} exchanges: ${count("fits")} bodies fit, ${count("differs")} differ, ` +
      `${count("not described")} bodies and ${unknown} exchanges are not described`,
  );
  const told = new Set<string>();
  for (const { exchange, side, kind, why } of findings) {
    if (kind !== "differs") continue;
    const line = `  ${exchange.method} ${exchange.path} ${exchange.status}, ${side}: ${why.slice(0, 6).join("; ")}`;
    if (!told.has(line)) console.log(line);
    told.add(line);
  }
  return count("differs");
}
