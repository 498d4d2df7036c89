import { type Provider, useStatus } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { providerName } from "../words/provider-name.ts";

/** Who is simulated, and never more than is true. */
export function SandboxBand() {
  const { shell } = words();
  const providers = useStatus().data?.providers ?? [];
  const simulated = namesOf(providers.filter((p) => p.isSimulated));
  if (simulated.length === 0) return null;
  const real = namesOf(providers.filter((p) => !p.isSimulated && p.provider !== "folder"));
  return (
    <aside className="sandbox-band" aria-label={shell.sandbox}>
      <div className="inner">
        {real.length === 0 ? (
          <p>
            <strong>{shell.sandboxAll}</strong>{" "}
            <span className="names">{simulated.join(", ")}</span>
          </p>
        ) : (
          <p>
            <strong>{shell.sandboxPart}</strong> {shell.simulated} {simulated.join(", ")}.{" "}
            <strong>
              {shell.real} {real.join(", ")}.
            </strong>
          </p>
        )}
      </div>
    </aside>
  );
}

const namesOf = (providers: readonly Provider[]) => [
  ...new Set(providers.map(({ provider }) => providerName(provider))),
];
