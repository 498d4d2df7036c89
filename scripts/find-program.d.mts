export function findProgram(...names: string[]): string | undefined;
export function findPostgres(): string | undefined;
