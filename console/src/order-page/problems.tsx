import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { type Hold, useDecisions } from "../api/decide.ts";
import type { OrderDetail, Step } from "../api/order-schema.ts";
import { useRetry } from "../api/use-retry.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { lanesWaitingFor } from "../words/lanes.ts";
import { providerName } from "../words/provider-name.ts";
import { isWaiting, markOf, stepWord } from "../words/step-mark.ts";
import { stepName, stepTrouble } from "../words/step-words.ts";
import { Mend, mends } from "./mend.tsx";
import { retryWords } from "./retry-words.ts";

interface ProblemsProps {
  readonly order: OrderDetail;
  readonly now: Date;
}

/** What is in the way, first what needs a person, each with the button that mends it. */
export function Problems({ order, now }: ProblemsProps) {
  const retry = useRetry(order.reference);
  const holds = useDecisions(order.reference).data?.holds ?? [];
  const result = useRef<HTMLParagraphElement>(null);
  // The button that was pressed may be gone with its box: whoever pressed it goes on at the result.
  useEffect(() => {
    if (!retry.isIdle && !retry.isPending) result.current?.focus();
  }, [retry.isIdle, retry.isPending]);
  const inTheWay = [
    ...order.steps.filter(({ state }) => state === "attention"),
    ...order.steps.filter(isWaiting),
  ];
  const pending = retry.isPending ? retry.variables : undefined;
  return (
    <>
      {inTheWay.map((step) => (
        <Problem
          key={step.name}
          step={step}
          held={lanesWaitingFor(step.name, order.steps)}
          now={now}
          isBusy={pending !== undefined}
          isTrying={pending === step.name}
          onRetry={() => retry.mutate(step.name)}
          order={order}
          hold={holds.find((hold) => hold.step === step.name)}
        />
      ))}
      <p role="status" className="retry-result" ref={result} tabIndex={-1}>
        {retryWords(retry, order.steps)}
      </p>
    </>
  );
}

interface ProblemProps {
  readonly step: Step;
  /** The lanes that stand still because of it. */
  readonly held: readonly string[];
  readonly now: Date;
  readonly isBusy: boolean;
  readonly isTrying: boolean;
  readonly onRetry: () => void;
  readonly order: OrderDetail;
  readonly hold: Hold | undefined;
}

function Problem(props: ProblemProps) {
  const { step, held, now, isBusy, isTrying, onRetry, order, hold } = props;
  const { order: say } = words();
  const mark = markOf(step);
  const needsYou = mark === "needs-you";
  const heading = `problem-${step.name}`;
  // An answer that may still arrive cannot be hurried: the look has its time.
  const canTry = step.state !== "unknown";
  const isMended = hold !== undefined && mends(hold);
  return (
    <section className={`panel problem ${mark}`} aria-labelledby={heading}>
      <h2 id={heading}>
        <MarkIcon mark={mark} />
        <span>
          <span className="kicker">{needsYou ? say.needsYou : say.byItself}</span>{" "}
          {stepTrouble(step.name)}
        </span>
      </h2>
      <p className="message">{step.message ?? say.gaveNoReason(providerName(step.provider))}</p>
      <p className="held">
        {needsYou ? "" : `${capital(stepWord(step, now))}. `}
        {held.length > 0 ? say.standsStill(held.join(", ")) : say.nothingWaits}
      </p>
      {canTry && (
        <div className="actions">
          {needsYou && hold && <Mend order={order} hold={hold} />}
          <Button
            variant={needsYou && !isMended ? "filled" : "default"}
            disabled={isBusy && !isTrying}
            loading={isTrying}
            onClick={onRetry}
            data-retry
            aria-label={`${needsYou ? say.tryAgain : say.tryNow}: ${stepName(step.name)}`}
          >
            {needsYou ? say.tryAgain : say.tryNow}
          </Button>
          <span>{say.safe}</span>
        </div>
      )}
    </section>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
