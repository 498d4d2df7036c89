// The customer's own answer: judged as the shop judges every address, and recorded as an amendment by "customer".
import type { AddressProblem } from "../address/address-codes.ts";
import { judgeAddress } from "../address/judge-address.ts";
import { orderAddress, orderFields } from "../address/order-address.ts";
import { toE164 } from "../address/phone.ts";
import { hashOfToken } from "../connector-kit/customer-link.ts";
import { oneLine } from "../language/one-line.ts";
import {
  type AskedField,
  askedFields,
  type FieldError,
  type FieldFault,
  type FormWords,
  type PageWords,
  questionForm,
  slowPage,
  thanksPage,
  voidPage,
  type WrittenField,
} from "../language/question-page.ts";
import { DecisionRefused } from "../ledger/decisions/decide.ts";
import { closeQuestion, findQuestion, type Question } from "../ledger/decisions/questions.ts";
import { KeyIsTaken } from "../ledger/decisions/record-decision.ts";
import { amendOrder as amendFacts, type FactChange, factOf } from "../order/amend-order.ts";
import type { Order } from "../order/order.ts";
import { amendOrder, previewAmendment } from "./amend-order.ts";
import { type Desk, orderAt } from "./desk.ts";

export type QuestionPage =
  | { readonly kind: "form"; readonly words: FormWords }
  | { readonly kind: "thanks" | "void" | "slow"; readonly words: PageWords };

export interface Visit {
  readonly token: string;
  /** Spoken to whose language is not known. */
  readonly acceptLanguage: string;
}

export async function showQuestion(desk: Desk, visit: Visit): Promise<QuestionPage> {
  const question = await questionAt(desk, visit.token);
  if (question?.state !== "open") return nothing(visit);
  const { order } = await orderAt(desk, question.reference);
  const written = fieldsOf(question).map((field) => ({ field, value: present(order, field) }));
  return { kind: "form", words: questionForm(order, written) };
}

export async function answerQuestion(
  desk: Desk,
  visit: Visit,
  answers: Readonly<Record<string, unknown>>,
): Promise<QuestionPage> {
  const question = await questionAt(desk, visit.token);
  if (!question || question.state === "void") return nothing(visit);
  const { order } = await orderAt(desk, question.reference);
  // Pressed twice: the first press was heard.
  if (question.state === "just-answered") return { kind: "thanks", words: thanksPage(order) };
  const changes = changesIn(question, answers);
  const faults = await faultsOf(desk, order, changes);
  if (faults === "busy") return { kind: "slow", words: slowPage(visit.acceptLanguage) };
  if (faults.size > 0) return { kind: "form", words: formAgain(order, changes, faults) };
  return keepAnswer(desk, visit, question, changes);
}

export const tooManyVisits = ({ acceptLanguage }: Pick<Visit, "acceptLanguage">): QuestionPage => ({
  kind: "slow",
  words: slowPage(acceptLanguage),
});

/** Whoever decided first has decided: then the link is as void as any other. */
async function keepAnswer(
  desk: Desk,
  visit: Visit,
  { key, reference }: Question,
  changes: readonly AskedChange[],
): Promise<QuestionPage> {
  try {
    await amendOrder(desk, {
      reference,
      key: `answer-${key}`,
      actor: { name: "customer", origin: "link" },
      reason: "The customer corrected it.",
      what: "customer.answer",
      changes: changes.map(({ field, value }) => ({ field: orderFields[field], value })),
      underLock: async (tx) => {
        if (!(await closeQuestion(tx, key))) throw new DecisionRefused("The order has moved on.");
      },
    });
  } catch (error) {
    if (error instanceof DecisionRefused || error instanceof KeyIsTaken) return nothing(visit);
    throw error;
  }
  const { order } = await orderAt(desk, reference);
  return { kind: "thanks", words: thanksPage(order) };
}

const nothing = ({ acceptLanguage }: Visit): QuestionPage => ({
  kind: "void",
  words: voidPage(acceptLanguage),
});

async function questionAt(desk: Desk, token: string): Promise<Question | undefined> {
  if (!/^[\w-]{43}$/.test(token)) return undefined;
  const question = await findQuestion(desk.db, hashOfToken(token));
  return question && desk.customers?.links.isSigned(token, question.key) ? question : undefined;
}

const fieldsOf = ({ fields }: Question) => askedFields.filter((field) => fields.includes(field));
const present = (order: Order, field: AskedField) =>
  String(factOf(order, orderFields[field]) ?? "");

interface AskedChange {
  readonly field: AskedField;
  readonly value: string | null;
}

/** What was not asked is not read. */
function changesIn(
  question: Question,
  answers: Readonly<Record<string, unknown>>,
): readonly AskedChange[] {
  return fieldsOf(question).map((field) => {
    const written = answers[field];
    const value = typeof written === "string" ? oneLine(written, 500) : "";
    return { field, value: value || null };
  });
}

type Faults = ReadonlyMap<AskedField, FieldFault>;

async function faultsOf(
  desk: Desk,
  order: Order,
  changes: readonly AskedChange[],
): Promise<Faults | "busy"> {
  const facts: FactChange[] = changes.map(({ field, value }) => ({
    field: orderFields[field],
    value,
  }));
  const amended = amendFacts(order, facts);
  const asked = new Set(changes.map(({ field }) => field));
  const faults = new Map<AskedField, FieldFault>();
  for (const problem of judge(desk, amended)) {
    const at = askedFields.find((name) => name === problem.field);
    if (at && asked.has(at) && !faults.has(at)) faults.set(at, faultOf(problem, amended));
  }
  if (asked.has("phone") && !toE164(amended.shipTo.phone ?? "", amended.shipTo.address?.country)) {
    faults.set("phone", { error: amended.shipTo.phone ? "phone" : "missing" });
  }
  if (faults.size > 0) return faults;
  const { amended: changed, steps, refusal } = await previewAmendment(desk, order.reference, facts);
  if (steps.some(({ what }) => what === "in-the-way")) return "busy";
  const [first] = asked;
  if (first && refusal) faults.set(first, { error: changed.length === 0 ? "same" : "check" });
  return faults;
}

function judge(desk: Desk, order: Order): readonly AddressProblem[] {
  const wish = desk.customers?.delivery(order.store) ?? { service: "home" };
  return judgeAddress(orderAddress(order), wish).problems.filter(({ holds }) => holds);
}

function faultOf({ code, field, suggestion }: AddressProblem, order: Order): FieldFault {
  const isEmpty = !factOf(order, orderFields[field]);
  return {
    error: isEmpty ? "missing" : (errors[code] ?? "check"),
    suggestion: suggestion?.[field],
  };
}

const errors: Readonly<Partial<Record<AddressProblem["code"], FieldError>>> = {
  POSTCODE_MISSING: "missing",
  POSTCODE_FORMAT: "postal_code",
  POSTCODE_CITY_MISMATCH: "postal_code",
  POSTCODE_COUNTRY_CONFLICT: "postal_code",
  HOUSE_NUMBER_MISSING: "house",
  PO_BOX_FOR_COURIER: "box",
  FIELD_TOO_LONG: "long",
  NAME_INCOMPLETE: "missing",
  PHONE_REQUIRED_MISSING: "missing",
  PHONE_REQUIRED_INVALID: "phone",
};

function formAgain(order: Order, changes: readonly AskedChange[], faults: Faults): FormWords {
  const written: readonly WrittenField[] = changes.map(({ field, value }) => ({
    field,
    value: value ?? "",
    fault: faults.get(field),
  }));
  return questionForm(order, written);
}
