import { formatExactTime, formatTime } from "../words/format-time.ts";

/** A time, with seconds and zone on hover. */
export function Moment({ at, now }: { readonly at: string; readonly now: Date }) {
  const time = new Date(at);
  return (
    <time dateTime={at} title={formatExactTime(time)}>
      {formatTime(time, now)}
    </time>
  );
}
