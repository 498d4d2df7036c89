// node scripts/make-places.mjs <folder> [COUNTRY...]: makes src/address/places from GeoNames' postal code lists.
// <folder> holds one <COUNTRY>.txt for each country, as download.geonames.org/export/zip offers them.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { root } from "./places.mjs";

const [folder, ...wished] = process.argv.slice(2);
if (!folder) {
  console.error("Say where the lists are: node scripts/make-places.mjs <folder>");
  process.exit(1);
}
const all =
  "AT BE BG HR CY CZ DK EE FI FR DE HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE NO IS CH LI GB UA RS TR".split(
    " ",
  );

// country code, postal code, place, admin name 1, code 1, admin name 2, code 2, admin name 3, code 3, ...
const column = { code: 1, place: 2, district: 5, community: 7 };

for (const country of wished.length > 0 ? wished : all) {
  const file = join(folder, `${country}.txt`);
  if (!existsSync(file)) {
    console.error(`${country}: ${file} is missing`);
    process.exitCode = 1;
    continue;
  }
  const codesByName = new Map();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const fields = line.split("\t");
    const code = compact(fields[column.code] ?? "", country);
    if (!code) continue;
    for (const index of [column.place, column.district, column.community]) {
      const name = fields[index]?.trim();
      if (!name) continue;
      codesByName.set(name, (codesByName.get(name) ?? new Set()).add(code));
    }
  }
  const lines = [...codesByName].map(([name, codes]) => `${name}\t${[...codes].sort().join(" ")}`);
  const text = `\n${lines.sort().join("\n")}\n`;
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  const packed = brotliCompressSync(Buffer.from(text), options);
  writeFileSync(join(root, "src", "address", "places", `${country}.br`), packed);
  console.log(`${country}: ${lines.length} names, ${packed.length} bytes`);
}

/** As src/address/city-of-postal-code.ts compares them. */
function compact(code, country) {
  const bare = code.toUpperCase().replaceAll(/[\s-]/g, "");
  if (country === "LV" || country === "LT") return bare.replace(country, "");
  if (country === "LU") return bare.replace("L", "");
  return country === "PT" || country === "NL" ? bare.slice(0, 4) : bare;
}
