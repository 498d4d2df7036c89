import { ActionError } from "../../connector-kit/action-error.ts";

/** What the operating system's error means for the file; what it does not name stays unclassified, hence ambiguous. */
export function diskError(thrown: unknown): unknown {
  switch (codeOf(thrown)) {
    case "ENOSPC":
    case "EDQUOT":
      return new ActionError("transient", "The disk is full: make room in the files folder.", {
        cause: "provider.outage",
      });
    case "EMFILE":
    case "ENFILE":
      return new ActionError("transient", "Too many files are open on this machine.", {
        cause: "provider.outage",
      });
    case "ENOENT":
      return new ActionError("transient", "Somebody removed the files folder at this moment.", {
        cause: "provider.outage",
      });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new ActionError("transient", "Ordna may not use the files folder: mend its rights.", {
        cause: "auth.refused",
      });
    case "ENOTDIR":
    case "EISDIR":
    case "ELOOP":
      return new ActionError("permanent", "The files folder is not laid out as Ordna needs it.", {
        cause: "request.refused",
      });
    default:
      return thrown;
  }
}

export function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}
