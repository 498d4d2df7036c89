interface Suite {
  readonly tests: readonly { readonly name: string; run(): Promise<void> }[];
}

interface Ended {
  readonly name: string;
  /** Absent when it passed. */
  readonly why?: string;
}

const patienceMs = 30_000;

/** Runs every test, one after the other; one that hangs has failed. */
export async function runSuites(
  suites: readonly Suite[],
  tell: (ended: Ended) => void,
): Promise<{ readonly passed: number; readonly failures: readonly Ended[] }> {
  const failures: Ended[] = [];
  let passed = 0;
  for (const { name, run } of suites.flatMap(({ tests }) => tests)) {
    const why = await failureOf(run);
    if (why === undefined) passed += 1;
    else failures.push({ name, why });
    tell(why === undefined ? { name } : { name, why });
  }
  return { passed, failures };
}

async function failureOf(run: () => Promise<void>): Promise<string | undefined> {
  const patience = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    patience.reject(new Error(`It did not end within ${patienceMs / 1000} seconds.`));
  }, patienceMs);
  try {
    await Promise.race([run(), patience.promise]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
