import { Button } from "@mantine/core";
import { ApiError } from "../api/fetch-json.ts";
import { words } from "../language/words.ts";

/** Why something cannot be shown, what still works, and a way out. */
export function Trouble(props: { readonly error: Error; readonly onRetry: () => void }) {
  const { shell } = words();
  const { error } = props;
  const isForbidden = error instanceof ApiError && error.status === 403;
  return (
    <div className="panel trouble" role="alert">
      <p>
        <strong>{isForbidden ? shell.forbidden : error.message}</strong>{" "}
        {isForbidden ? error.message : shell.stillRuns}
      </p>
      {!isForbidden && (
        <Button variant="default" onClick={props.onRetry}>
          {shell.loadAgain}
        </Button>
      )}
    </div>
  );
}
