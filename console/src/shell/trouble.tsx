/** Why something cannot be shown, and a way out. */
export function Trouble(props: {
  readonly what: string;
  readonly error: Error;
  readonly onRetry: () => void;
}) {
  return (
    <div className="panel trouble" role="alert">
      <p>
        <strong>{props.what}</strong> {props.error.message}
      </p>
      <button type="button" onClick={props.onRetry}>
        Load again
      </button>
    </div>
  );
}
