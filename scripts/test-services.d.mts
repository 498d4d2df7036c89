interface Cluster {
  readonly folder: string;
  readonly data: string;
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

interface Running {
  stop(): Promise<void>;
}

export function newCluster(bin: string): Promise<Cluster>;
export function runPostgres(
  bin: string,
  cluster: Cluster,
  how: { readonly port: number; readonly signal: string; readonly folder: string },
): Promise<Running>;
export function runRedis(program: string, port: number): Promise<Running>;
export function freePort(): Promise<number>;
