import { Button, Progress } from "@mantine/core";
import { useForbidden } from "../api/use-me.ts";
import { type Retry, useCancelRetry, useRetries } from "../api/use-retries.ts";
import { words } from "../language/words.ts";
import { causeName } from "../words/cause-name.ts";
import { providerName } from "../words/provider-name.ts";
import "@mantine/core/styles/Progress.layer.css";

/** What is being tried again, and how it went: it stays when its card is gone. */
export function Retries({ now }: { readonly now: Date }) {
  const { inbox: say } = words();
  const retries = useRetries(now);
  if (retries.length === 0) return null;
  return (
    <section className="panel retries" aria-label={say.retrying}>
      {retries.map((retry) => (
        <RetryRow key={retry.id} retry={retry} />
      ))}
    </section>
  );
}

function RetryRow({ retry }: { readonly retry: Retry }) {
  const { inbox: say } = words();
  const cancel = useCancelRetry();
  const forbidden = useForbidden();
  const { id, provider, cause, state, total, made, again, refused } = retry;
  const done = made + refused;
  const what = say.providerTrouble(providerName(provider), causeName(cause, provider));
  return (
    <div>
      <p>{say.retryTitle(what)}</p>
      {state === "running" && (
        <div className="actions">
          <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label={what} />
          <span>{say.retryProgress(done, total)}</span>
          <Button
            variant="default"
            disabled={!!forbidden}
            loading={cancel.isPending}
            onClick={() => cancel.mutate(id)}
          >
            {say.stop}
          </Button>
        </div>
      )}
      <p role="status">
        {state === "cancelled" && `${say.retryStopped(done, total)} `}
        {state !== "running" && say.retryResult(made - again, again)}
        {state !== "running" && refused > 0 && ` ${say.retryRefused(refused)}`}
      </p>
      {cancel.error && <p role="alert">{cancel.error.message}</p>}
    </div>
  );
}
