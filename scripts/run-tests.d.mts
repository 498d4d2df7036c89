export function testFiles(): string[];
export function quietEnv(): NodeJS.ProcessEnv;
