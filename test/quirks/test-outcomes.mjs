// A reporter for `node --test`: one line of JSON for every test that ended, and one for every file.
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === "test:pass" || type === "test:fail") {
      // Suites pass with their tests, and a skipped test shows nothing.
      const isTest = data.details?.type !== "suite";
      const isShown = data.skip === undefined && data.todo === undefined;
      const hasPassed = type === "test:pass" && isShown;
      if (isTest) yield `${JSON.stringify({ name: data.name, hasPassed })}\n`;
    } else if (type === "test:summary" && data.file !== undefined) {
      yield `${JSON.stringify({ file: data.file, passed: data.counts.passed, failed: data.counts.failed })}\n`;
    }
  }
}
