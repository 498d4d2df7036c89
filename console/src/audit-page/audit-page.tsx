import { Button } from "@mantine/core";
import { useState } from "react";
import { useDecisionLog, useVerified } from "../api/decide.ts";
import { useForbidden, useMe } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { OfficePage } from "../shell/office-page.tsx";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { useNow } from "../shell/use-now.ts";
import { formatTime } from "../words/format-time.ts";

/** Who decided what, and whether the log is as it was written. */
export function AuditPage() {
  const { audit: say } = words();
  const now = useNow();
  const isKnown = useMe() !== undefined;
  const forbidden = useForbidden("log");
  const query = useDecisionLog(isKnown && forbidden === undefined);
  if (forbidden) {
    return (
      <>
        <h1>{say.title}</h1>
        <p className="panel empty">{forbidden}</p>
      </>
    );
  }
  return (
    <OfficePage title={say.title} intro={say.intro} query={query} aside={<Verify />}>
      {({ decisions }) =>
        decisions.length === 0 ? (
          <p className="panel empty">{say.none}</p>
        ) : (
          <Sheet
            caption={say.title}
            columns={[
              { name: say.columns.at },
              { name: say.columns.who },
              { name: say.columns.what },
              { name: say.columns.order },
              { name: say.columns.why },
            ]}
            rows={decisions.map((one) => ({
              key: String(one.number),
              cells: [
                formatTime(new Date(one.at), now, "with seconds"),
                one.actor,
                [one.what, one.step].filter(Boolean).join(" "),
                one.reference ? (
                  <OrderLink key="order" reference={one.reference} shopOrder={null} />
                ) : (
                  "–"
                ),
                one.reason ?? "",
              ],
            }))}
          />
        )
      }
    </OfficePage>
  );
}

function Verify() {
  const { audit: say, shell } = words();
  const [isWanted, setWanted] = useState(false);
  const { data, error, isFetching, refetch } = useVerified(isWanted);
  const verify = () => (isWanted ? void refetch() : setWanted(true));
  return (
    <div className="actions">
      <Button variant="default" loading={isFetching} onClick={verify}>
        {say.verify}
      </Button>
      <span role="status">
        {error && shell.failed(error.message)}
        {data &&
          (data.broken ? say.broken(String(data.broken.number)) : say.intact(data.decisions))}
      </span>
    </div>
  );
}
