// The question to a customer, which every shop has: an e-mail in the customer's language, with a link to a small page.
import type { Action, Call } from "../connector-kit/action.ts";
import type { CustomerLinks } from "../connector-kit/customer-link.ts";
import type { Mail, Message } from "../connector-kit/roles.ts";
import { composeQuestion } from "../language/question.ts";
import { type Pipeline, pipeline } from "../pipeline/pipeline.ts";
import { step } from "../pipeline/step.ts";
import type { Seller } from "./seller.ts";

/** A person begins it, as often as a question is needed. */
export function customerQuestion(mail: Mail, seller: Seller, links: CustomerLinks): Pipeline {
  const question = step("customer-question", {
    action: withLink(mail.send, links),
    input: (order) => ({
      to: { email: order.buyer.email ?? "", name: order.buyer.name },
      attachments: [],
      ...composeQuestion(order, { shopName: seller.name, timeZone: seller.timeZone }),
    }),
  });
  return pipeline("question", [question]);
}

/** The link belongs to the one change that sends it, so it is made when it is sent, and stands nowhere before. */
function withLink<Output>(
  send: Action<Message, Output>,
  links: CustomerLinks,
): Action<Message, Output> {
  const linked = (message: Message, { key }: Call): Message => ({
    ...message,
    variables: { ...message.variables, action_url: links.linkFor(key) },
  });
  return { ...send, run: (message, call) => send.run(linked(message, call), call) };
}
