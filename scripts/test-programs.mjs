// The programs that the tests need beside Node: PostgreSQL, Redis (or Valkey) and Chromium.
import { findPostgres, findProgram } from "./find-program.mjs";
import { runCaptured } from "./run-captured.mjs";

const finders = {
  postgresql: findPostgres,
  "redis-server": () => findProgram("redis-server", "valkey-server"),
  chromium: () => findProgram("chromium", "chromium-browser", "google-chrome"),
};

/**
 * Finds them, and installs what is missing where that is welcome. `complaint` says what a person has to install.
 * The keys are Debian's package names.
 */
export async function findTestPrograms(mayInstall) {
  let missing = missingPrograms();
  let output = "";
  if (missing.length > 0 && mayInstall && process.getuid?.() === 0 && findProgram("apt-get")) {
    output = await install(missing);
    missing = missingPrograms();
  }
  return {
    postgres: finders.postgresql(),
    redis: finders["redis-server"](),
    chromium: finders.chromium(),
    complaint:
      missing.length === 0
        ? undefined
        : `${output}Missing: ${missing.join(", ")}. On Debian or Ubuntu run: sudo apt-get install ${missing.join(" ")}\n` +
          "Or leave their tests out: npm test -- --no-services\n",
  };
}

const missingPrograms = () => Object.keys(finders).filter((name) => !finders[name]());

async function install(names) {
  process.stdout.write(`Installing ${names.join(", ")} with apt-get ...\n`);
  // Runlevel 1 keeps Debian from starting a server of its own for every package.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const update = await runCaptured("apt-get", ["update", "-q"], { env });
  const args = ["install", "-q", "-y", "--no-install-recommends", ...names];
  const { code, output } = await runCaptured("apt-get", args, { env });
  return code === 0 ? "" : `${update.output}${output}\n`;
}
