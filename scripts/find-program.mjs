import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The path of the first of `names` that is installed, or undefined. */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of [...folders, "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]) {
      if (isProgram(join(folder, name))) return join(folder, name);
    }
  }
}

/** The folder of the newest PostgreSQL server's programs; Debian keeps them off the path. */
export function findPostgres() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => b - a) : [];
  const folders = versions.map((version) => join(debian, version, "bin"));
  const onPath = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return [...folders, ...onPath, "/opt/homebrew/bin", "/usr/local/bin"].find(
    (folder) => isProgram(join(folder, "postgres")) && isProgram(join(folder, "initdb")),
  );
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
