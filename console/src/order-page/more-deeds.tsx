import { Button, Menu } from "@mantine/core";
import { Fragment } from "react";
import { useDecisions } from "../api/decide.ts";
import type { OrderDetail, Step } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { stepName } from "../words/step-words.ts";
import { type Correction, corrections, type Deed } from "./deed.ts";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/Menu.layer.css";

interface MoreDeedsProps {
  readonly order: OrderDetail;
  readonly onDeed: (deed: Deed) => void;
  readonly onRetry: (step: string) => void;
}

/** Every decision that the order's page has, with those that cannot be made now. Comes when it is asked for. */
export default function MoreDeeds({ order, onDeed, onRetry }: MoreDeedsProps) {
  const { deeds: say } = words();
  const standing = useDecisions(order.reference).data;
  const steps = standing?.offers.steps ?? [];
  const stepOf = (name: string) => order.steps.find((step) => step.name === name);
  const retried = steps.filter(({ step }) => isRetried(stepOf(step)));
  return (
    <Menu shadow="md" width={300} position="bottom-end" defaultOpened>
      <Menu.Target>
        <Button variant="default">{say.more}</Button>
      </Menu.Target>
      <Menu.Dropdown className="more-deeds">
        <Menu.Label>{say.groups.correct}</Menu.Label>
        {corrections.map((what) => (
          <Menu.Item key={what} onClick={() => onDeed({ kind: "correct", what })}>
            {correctionName(what)}
          </Menu.Item>
        ))}
        {steps.length > 0 && <Menu.Label>{say.groups.steps}</Menu.Label>}
        {retried.map(({ step }) => (
          <Menu.Item key={`retry ${step}`} onClick={() => onRetry(step)}>
            {say.retry(stepName(step))}
          </Menu.Item>
        ))}
        {standing?.holds
          .filter(({ isInDoubt }) => isInDoubt)
          .map(({ step }) => (
            <Menu.Item key={`settle ${step}`} onClick={() => onDeed({ kind: "settle", step })}>
              {say.settle(stepName(step))}
            </Menu.Item>
          ))}
        {steps
          .filter(({ byHand }) => byHand.length > 0)
          .map(({ step }) => (
            <Menu.Item key={`hand ${step}`} onClick={() => onDeed({ kind: "by-hand", step })}>
              {say.byHand}: {stepName(step)}
            </Menu.Item>
          ))}
        {steps.map(({ step }) => (
          <Menu.Item key={`skip ${step}`} onClick={() => onDeed({ kind: "skip", step })}>
            {say.skip}: {stepName(step)}
          </Menu.Item>
        ))}
        <OrderDeeds order={order} onDeed={onDeed} />
      </Menu.Dropdown>
    </Menu>
  );
}

function OrderDeeds({ order, onDeed }: Pick<MoreDeedsProps, "order" | "onDeed">) {
  const { deeds: say } = words();
  const offers = useDecisions(order.reference).data?.offers;
  if (!offers) return null;
  const groups = [
    {
      title: say.groups.send,
      items: [
        { kind: "resend", word: say.resend, offer: offers.resendEmail },
        { kind: "invoice-copy", word: say.invoiceCopy, offer: offers.invoiceCopy },
      ],
    },
    {
      title: say.groups.order,
      items: [
        { kind: "hold", word: say.hold, offer: offers.hold },
        { kind: "cancel", word: say.cancel, offer: offers.cancel },
        { kind: "credit", word: say.credit, offer: offers.credit },
        { kind: "return", word: say.return, offer: offers.return },
      ],
    },
    {
      title: say.groups.care,
      items: [
        { kind: "assign", word: say.assign, offer: "now" },
        { kind: "note", word: say.note, offer: "now" },
        { kind: "snooze", word: say.snooze, offer: "now" },
      ],
    },
  ] as const;
  return groups.map(({ title, items }) => (
    <Fragment key={title}>
      <Menu.Label>{title}</Menu.Label>
      {items
        .filter(({ offer }) => offer !== null)
        .map(({ kind, word, offer }) => (
          <Menu.Item key={kind} disabled={offer !== "now"} onClick={() => onDeed({ kind })}>
            {word}
            {offer === "not-yet" && ` (${say.notYet})`}
            {offer === "done" && ` (${say.doneAlready})`}
          </Menu.Item>
        ))}
    </Fragment>
  ));
}

/** What may be tried again by hand: nothing that is at work, or looked for. */
const isRetried = (step: Step | undefined) =>
  step !== undefined &&
  (step.state === "attention" ||
    step.state === "parked" ||
    (step.state === "ready" && step.cause !== null));

function correctionName(what: Correction): string {
  const { deeds: say } = words();
  return {
    address: say.correctAddress,
    email: say.correctEmail,
    phone: say.correctPhone,
    vatId: say.correctVatId,
    weight: say.weight,
    service: say.service,
  }[what];
}
