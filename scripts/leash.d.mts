export interface Leashed {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly signal: string;
  readonly readiness: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

export function startOnLeash(what: Leashed): Promise<() => Promise<void>>;
