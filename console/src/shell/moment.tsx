import { formatExactTime, formatTime } from "../words/format-time.ts";

/** A time, with seconds and zone on hover. */
export function Moment(props: {
  readonly at: string;
  readonly now: Date;
  readonly withSeconds?: boolean;
}) {
  const { at, now, withSeconds } = props;
  const time = new Date(at);
  return (
    <time dateTime={at} title={formatExactTime(time)}>
      {formatTime(time, now, withSeconds ? "with seconds" : undefined)}
    </time>
  );
}
