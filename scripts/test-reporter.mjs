// What `node --test` tells: failures in full, with all that their files printed; of the rest only the number, and
// how long each file took.
import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { inspect } from "node:util";

export default async function* report(events) {
  const printed = new Map();
  const failed = new Set();
  const files = [];
  let passes = 0;
  const counts = { passed: 0, failed: 0, cancelled: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type === "test:stdout" || type === "test:stderr") {
      // Some events name the file as it was given, others by its whole path.
      const file = resolve(data.file);
      printed.set(file, `${printed.get(file) ?? ""}${data.message}`.slice(-50_000));
    } else if (type === "test:pass") {
      passes += 1;
      if (process.stdout.isTTY && passes % 10 === 0) yield `\r  ${passes} passed `;
    } else if (type === "test:fail" && data.details.error?.failureType !== "subtestsFailed") {
      failed.add(resolve(data.file));
      yield failure(data);
    } else if (type === "test:summary" && data.file !== undefined) {
      files.push({ file: place(data.file), tookMs: Math.round(data.duration_ms) });
    } else if (type === "test:summary") {
      for (const name of Object.keys(counts)) counts[name] += data.counts[name];
    }
  }
  writeFileSync(process.env.ORDNA_TEST_COUNTS, JSON.stringify({ ...counts, files }));
  if (process.stdout.isTTY) yield "\r                    \r";
  for (const file of failed) {
    const text = printed.get(file);
    if (text) yield `\n--- printed by ${place(file)} ---\n${text}\n`;
  }
}

function failure({ name, file, line, details }) {
  const error = details.error?.cause ?? details.error;
  const where = `${place(file)}${line ? `:${line}` : ""}`;
  return `\n✖ ${name}\n  ${where}\n${indent(inspect(error, { depth: 6 }))}\n`;
}

const place = (file) => (file ? relative(process.cwd(), file) : "");
const indent = (text) => text.replace(/^/gm, "    ");
