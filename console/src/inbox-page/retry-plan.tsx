import { Button, Modal } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Group } from "../api/use-inbox.ts";
import { useBeginRetry, useRetryPlan } from "../api/use-retries.ts";
import { words } from "../language/words.ts";
import { causeName, plus } from "../words/cause-name.ts";
import { formatMoney } from "../words/format-money.ts";
import { formatSpan } from "../words/format-time.ts";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";

interface RetryPlanProps {
  readonly group: Group;
  readonly onClose: () => void;
}

/** How many, what they are worth and how long it takes, before anything is tried. */
export default function RetryPlan({ group, onClose }: RetryPlanProps) {
  const { inbox: say, shell } = words();
  const plan = useRetryPlan();
  const begin = useBeginRetry();
  const key = useRef(crypto.randomUUID());
  const ask = plan.mutate;
  useEffect(() => ask(group), [ask, group]);
  const planned = plan.data;
  const error = plan.error ?? begin.error;
  const start = () => begin.mutate({ group, key: key.current }, { onSuccess: onClose });
  return (
    <Modal
      opened
      onClose={onClose}
      lockScroll={false}
      title={say.retryTitle(causeName(group.cause, group.provider, group.name))}
      closeButtonProps={{ "aria-label": shell.close }}
    >
      {!planned && !error && <p>{shell.loading}</p>}
      {planned && (
        <>
          <p>
            <strong>
              {say.retryPlanFacts(
                planned.orders,
                plus(planned.totals.map((total) => formatMoney(total))),
                planned.perSecond,
                formatSpan(planned.seconds * 1000),
              )}
            </strong>
          </p>
          <p>{say.retryPlanWhy}</p>
          <p>{say.retryPlanCost}</p>
        </>
      )}
      {error && <p role="alert">{error.message}</p>}
      <div className="actions">
        {planned && planned.orders > 0 && (
          <Button loading={begin.isPending} onClick={start} data-autofocus>
            {say.retryPlan(planned.orders)}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
      </div>
    </Modal>
  );
}
