// Puts a function of ours between a module's callers and one of its functions, in the module's source as it is loaded.

/** Who stands at the seam; the wrapped source finds it under this name. */
export const watcher = "ordnaCrashWatcher";

/**
 * The source with `name` renamed and a wrapper of the same name behind it. Throws when the module has no such
 * function: a seam that matches nothing would be a crash that never happens.
 */
export function wrapFunction(source: string, name: string): string {
  const declaration = new RegExp(`^(export )?(async )?function (\\*?)${name}\\b`, "gm");
  const found = [...source.matchAll(declaration)];
  const [first] = found;
  if (found.length !== 1 || !first) {
    throw new Error(`There is no one function "${name}" to crash in, but ${found.length}.`);
  }
  const [, exported = "", async = ""] = first;
  const renamed = source.replace(declaration, `${async}function ${name}Uncrashed`);
  const call = `globalThis.${watcher}(${name}Uncrashed, args)`;
  return `${renamed}\n${exported}function ${name}(...args) { return ${call}; }\n`;
}

/** The source with another number for a constant that says how long something waits. */
export function shortenWait(source: string, name: string, ms: number): string {
  const constant = new RegExp(`^(export )?const ${name} = [\\d_]+;`, "m");
  if (!constant.test(source)) throw new Error(`There is no constant "${name}" to shorten.`);
  return source.replace(constant, `$1const ${name} = ${ms};`);
}
