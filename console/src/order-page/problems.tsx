import { Button } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import { type Hold, useDecisions } from "../api/decide.ts";
import type { OrderDetail, Step } from "../api/order-schema.ts";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { type Shortcuts, useShortcuts } from "../shell/keyboard.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { causeName } from "../words/cause-name.ts";
import { lanesWaitingFor } from "../words/lanes.ts";
import { providerName } from "../words/provider-name.ts";
import { isWaiting, markOf, stepWord } from "../words/step-mark.ts";
import { stepName, stepTrouble } from "../words/step-words.ts";
import { PrimaryButton } from "./primary-button.tsx";
import { primaryDeed } from "./primary-deed.ts";
import { retryWords } from "./retry-words.ts";
import { useDeeds } from "./use-deeds.tsx";
import type { RetryStep } from "./use-retry-step.ts";

interface ProblemsProps {
  readonly order: OrderDetail;
  readonly retry: RetryStep;
  readonly now: Date;
}

/** What is in the way, first what needs a person, each with the button that mends it. */
export function Problems({ order, retry, now }: ProblemsProps) {
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
  useProblemKeys(inTheWay[0], holds, retry);
  const pending = retry.isPending ? retry.asked : undefined;
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
          onRetry={() => retry.retry(step.name)}
          hold={holds.find((hold) => hold.step === step.name)}
        />
      ))}
      <p role="status" className="retry-result" ref={result} tabIndex={-1}>
        {retryWords(retry, order.steps)}
      </p>
    </>
  );
}

/** The first problem is what `e` mends and `r` tries again. */
function useProblemKeys(first: Step | undefined, holds: readonly Hold[], retry: RetryStep): void {
  const ask = useDeeds();
  const hold = holds.find(({ step }) => step === first?.name);
  const deed = hold && primaryDeed(hold)?.deed;
  const again = retry.retry;
  const step = first && first.state !== "unknown" ? first.name : undefined;
  const shortcuts = useMemo<Shortcuts>(
    () => ({
      e: () => deed && ask(deed),
      r: () => step && again(step),
    }),
    [deed, ask, step, again],
  );
  useShortcuts(shortcuts);
}

interface ProblemProps {
  readonly step: Step;
  /** The lanes that stand still because of it. */
  readonly held: readonly string[];
  readonly now: Date;
  readonly isBusy: boolean;
  readonly isTrying: boolean;
  readonly onRetry: () => void;
  readonly hold: Hold | undefined;
}

function Problem(props: ProblemProps) {
  const { step, held, now, isBusy, isTrying, onRetry, hold } = props;
  const { order: say } = words();
  const mark = markOf(step);
  const needsYou = mark === "needs-you";
  const heading = `problem-${step.name}`;
  const forbidden = useForbidden();
  // An answer that may still arrive cannot be hurried: the look has its time.
  const canTry = step.state !== "unknown";
  const primary = needsYou && hold ? primaryDeed(hold) : undefined;
  return (
    <section className={`panel problem ${mark}`} aria-labelledby={heading}>
      <h2 id={heading}>
        <MarkIcon mark={mark} />
        <span>
          <span className="kicker">{needsYou ? say.needsYou : say.byItself}</span>{" "}
          {hold?.fingerprint
            ? causeName(hold.cause, hold.provider, hold.name)
            : stepTrouble(step.name)}
        </span>
      </h2>
      <p className="message">{step.message ?? say.gaveNoReason(providerName(step.provider))}</p>
      <p className="held">
        {needsYou ? "" : `${capital(stepWord(step, now))}. `}
        {held.length > 0 ? say.standsStill(held.join(", ")) : say.nothingWaits}
      </p>
      {canTry && (
        <div className="actions">
          {primary && <PrimaryButton primary={primary} />}
          <Button
            variant={needsYou && !primary ? "filled" : "default"}
            disabled={!!forbidden || (isBusy && !isTrying)}
            loading={isTrying}
            onClick={onRetry}
            title="r"
            aria-label={`${needsYou ? say.tryAgain : say.tryNow}: ${stepName(step.name)}`}
          >
            {needsYou ? say.tryAgain : say.tryNow}
          </Button>
          {needsYou && hold && <Secondary hold={hold} isForbidden={!!forbidden} />}
          <span>{forbidden ?? say.safe}</span>
        </div>
      )}
    </section>
  );
}

function Secondary(props: { readonly hold: Hold; readonly isForbidden: boolean }) {
  const { hold, isForbidden } = props;
  const { deeds: say } = words();
  const ask = useDeeds();
  // What a customer can tell is where it is to go.
  const isAboutDelivery = hold.fields.some(({ field }) => field.startsWith("shipTo."));
  return (
    <>
      {hold.canCustomer && isAboutDelivery && (
        <Button
          variant="default"
          disabled={isForbidden}
          onClick={() => ask({ kind: "ask-customer" })}
        >
          {say.askCustomer}
        </Button>
      )}
      {hold.byHand.length > 0 && !hold.isInDoubt && (
        <Button
          variant="default"
          disabled={isForbidden}
          onClick={() => ask({ kind: "by-hand", step: hold.step })}
        >
          {say.byHand}
        </Button>
      )}
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
