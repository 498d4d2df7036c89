// PostgreSQL's own programs for backups: found where systems keep them, and new enough for the server.
import { execFile } from "node:child_process";
import { accessSync, constants, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

export type ProgramName = "pg_dump" | "pg_restore";

const run = promisify(execFile);
/** Debian keeps them off the path. */
const debian = "/usr/lib/postgresql";

/** Runs the program against the database of `url`. The password goes by the environment: arguments are seen by all. */
export async function runPostgresProgram(
  program: string,
  url: string,
  args: readonly string[],
): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = "";
  // Debian's programs are scripts that look for others beside them; certificates lie at home.
  const around = { LC_ALL: "C", HOME: homedir(), PATH: `${dirname(program)}:/usr/bin:/bin` };
  const env = { ...around, ...(password ? { PGPASSWORD: password } : {}) };
  try {
    await run(program, [...args, `--dbname=${address.href}`], { env, maxBuffer: 10_000_000 });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    const last = said.split("\n").slice(-3).join(" ") || "it says nothing";
    throw new Error(
      `${program} failed: ${password ? last.replaceAll(password, "[secret]") : last}`,
    );
  }
}

/** The first one that is at least as new as the server, or one sentence about what to install. */
export async function findPostgresProgram(
  name: ProgramName,
  serverVersion: string,
  folders: readonly string[],
): Promise<string> {
  const wanted = Number.parseInt(serverVersion, 10);
  const seen: string[] = [];
  for (const folder of [...folders, ...debianFolders(), "/opt/homebrew/bin", "/usr/local/bin"]) {
    const path = join(folder, name);
    if (!isProgram(path)) continue;
    const { stdout } = await run(path, ["--version"]);
    const version = /\d+(\.\d+)*/.exec(stdout)?.[0] ?? "0";
    if (Number.parseInt(version, 10) >= wanted) return path;
    seen.push(`${path} is version ${version}`);
  }
  const there =
    seen.length > 0 ? `${seen.join(", ")}, which is older than the server` : "there is none here";
  throw new Error(
    `${name} ${wanted} or newer is needed for this server, and ${there}. Install it: on Debian and Ubuntu ` +
      `"apt-get install postgresql-client-${wanted}" (from apt.postgresql.org if your release is older), on macOS ` +
      `"brew install libpq". Or leave backups to the database server, and set ORDNA_BACKUPS=server.`,
  );
}

function debianFolders(): readonly string[] {
  try {
    const versions = readdirSync(debian).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(debian, version, "bin"));
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
