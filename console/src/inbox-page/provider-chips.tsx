import { Link } from "@tanstack/react-router";
import { useAccounts } from "../api/use-accounts.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { providerName } from "../words/provider-name.ts";

export function ProviderChips() {
  const { inbox: say } = words();
  const accounts = useAccounts().data?.accounts ?? [];
  if (accounts.length === 0) return null;
  return (
    <section aria-labelledby="providers" className="provider-chips">
      <h2 id="providers">
        <Link to="/providers">{say.providers}</Link>
      </h2>
      <ul>
        {accounts.map(({ account, provider, state }) => (
          <li key={account} className="chip">
            <MarkIcon mark={state === "closed" ? "done" : "waiting"} /> {providerName(provider)}{" "}
            <span className="soft">{say.providerStates[state]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
