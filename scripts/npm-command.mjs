import { existsSync } from "node:fs";

/** The npm that runs us, else the one on the path. */
export function npmCommand() {
  const path = process.env.npm_execpath;
  if (path && /npm-cli\.c?js$/.test(path) && existsSync(path)) return [process.execPath, path];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}
