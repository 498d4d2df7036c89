// Mailgun as a fetch handler, with an outbox that can be read.
import type {
  Collection,
  SimulatedRecord,
  Simulator,
  SimulatorKit,
} from "../../connector-kit/simulator.ts";
import { forbidden, mailgunDate, says } from "./simulated-answer.ts";
import { domainNamed } from "./simulated-domain.ts";
import { type Index, listEvents, listLogs } from "./simulated-events.ts";
import { textOf } from "./simulated-handlebars.ts";
import { type KeptMessage, takeMessage } from "./simulated-message.ts";
import { eventsOf, type Story } from "./simulated-story.ts";
import {
  handleSuppression,
  type Suppression,
  suppressionLists,
  suppressionReason,
} from "./simulated-suppressions.ts";
import { TemplateStore } from "./simulated-templates.ts";
import { type WebhookQueue, webhookQueue } from "./simulated-webhooks.ts";

interface MailgunSimulatorOptions {
  /** The domains that live in the region that this simulator plays. Default: mg.example.com. */
  readonly domains?: readonly string[];
  /** What the template store holds from the start. */
  readonly templates?: readonly { name: string; tag: string; template: string }[];
}

export interface MailgunSimulator extends Simulator {
  /** What it has to tell of the messages that it took; whoever delivers them takes them from here. */
  readonly webhooks: WebhookQueue;
}

const moods = {
  "queued-but-500": "The message is queued and delivered, the answer is 500.",
  "rate-limited": "429 with a date to wait for, in the words of a domain's limit.",
  "rate-limited-seconds": "429 with seconds to wait, in the words of an account's limit.",
  "suppressed-address": "Every address is on the list of bounces.",
  "wrong-region": "The domain lives in the other region: everything is 404.",
  "own-message-id": "Messages are listed under an id of Mailgun's own, not ours.",
  "slow-index": "Events can be found two minutes after the message was queued.",
  "strange-404": "Lists of addresses answer 404 with a page that is not Mailgun's.",
  bounce: "The receiving server knows no such mailbox: a permanent failure.",
  complaint: "Delivered, and then reported as spam.",
  delayed: "The receiving server is busy at first: a temporary failure, then delivered.",
  "webhooks-twice": "Every webhook comes twice, each time with a token of its own.",
  "webhooks-backwards": "What happens to a message is told in the wrong order.",
};

const stories: Readonly<Record<string, Story>> = {
  bounce: "bounced",
  complaint: "complained",
  delayed: "delayed",
};

const secrets = {
  apiKey: "key-simulated-account",
  sendingKey: "key-simulated-sending",
  webhookSigningKey: "key-simulated-webhook-signing",
};
const indexLagMs = 120_000;

export function mailgunSimulator(
  kit: SimulatorKit,
  options: MailgunSimulatorOptions = {},
): MailgunSimulator {
  const mailgun = new SimulatedMailgun(kit, options);
  return {
    provider: "mailgun",
    secrets,
    maxServerMs: 1000,
    get maxLagMs() {
      return mailgun.lagMs;
    },
    fetch: (request) => mailgun.fetch(request),
    records: () => mailgun.records(),
    moods,
    setMood: (name, isOn) => mailgun.setMood(name, isOn),
    webhooks: mailgun.webhooks,
  };
}

class SimulatedMailgun {
  readonly #now: () => Date;
  readonly #domains: readonly string[];
  readonly #messages: Collection<KeptMessage>;
  readonly #suppressions: Collection<Suppression>;
  readonly #templates: TemplateStore;
  readonly #moods = new Set<string>();
  readonly webhooks: WebhookQueue;

  constructor(kit: SimulatorKit, options: MailgunSimulatorOptions) {
    this.#now = kit.now;
    this.#domains = (options.domains ?? ["mg.example.com"]).map((d) => d.toLowerCase());
    this.#messages = kit.collection("messages");
    this.#suppressions = kit.collection("suppressions");
    this.webhooks = webhookQueue(kit.collection("webhooks"));
    this.#templates = new TemplateStore(kit.collection("templates"), kit.now);
    for (const { name, tag, template } of options.templates ?? []) {
      if (!this.#templates.find(name, tag)) this.#templates.seed(name, tag, template);
    }
  }

  get lagMs(): number {
    return this.#moods.has("slow-index") ? indexLagMs : 0;
  }

  setMood(name: string, isOn: boolean): void {
    if (isOn) this.#moods.add(name);
    else this.#moods.delete(name);
  }

  records(): SimulatedRecord[] {
    return this.#messages.values().map(asRecord);
  }

  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    // Behind any host and prefix: the API's own path starts at its version.
    const path = url.pathname.slice(Math.max(url.pathname.search(/\/v\d\//), 0));
    const [version, ...rest] = path.split("/").slice(1).map(decodeURIComponent);
    const isSending = version === "v3" && rest[1] === "messages" && request.method === "POST";
    if (!isAllowed(request, isSending)) return forbidden();
    if (version === "v4" && rest[0] === "domains") return this.#domain(rest[1] ?? "");
    if (version === "v1" && rest.join("/") === "analytics/logs") {
      return listLogs(await request.json(), this.#index());
    }
    if (version === "v5" && rest.join("/") === "accounts/http_signing_key") {
      return Response.json({ http_signing_key: secrets.webhookSigningKey });
    }
    if (version !== "v3") return says(404, "not found");
    const [domain = "", room = "", ...below] = rest;
    if (!this.#isHere(domain)) return says(404, `Domain not found: ${domain}`);
    if (isSending) return this.#rateLimit(domain) ?? this.#queue(request);
    if (room === "events") return listEvents(url, below[0], this.#index());
    if (room === "templates") return this.#templates.handle(request, below);
    if (Object.hasOwn(suppressionLists, room)) return this.#suppression(request, room, below[0]);
    return says(404, "not found");
  }

  #isHere(domain: string): boolean {
    return !this.#moods.has("wrong-region") && this.#domains.includes(domain.toLowerCase());
  }

  #domain(name: string): Response {
    if (!this.#isHere(name)) return says(404, "Domain not found");
    const domain = domainNamed(name, this.#now());
    return Response.json({ domain, receiving_dns_records: [], sending_dns_records: [] });
  }

  #rateLimit(domain: string): Response | undefined {
    const refused = `Domain ${domain} is not allowed to send:`;
    if (this.#moods.has("rate-limited")) {
      const until = mailgunDate(new Date(this.#now().getTime() + 60_000));
      return says(429, `${refused} request limit exceeded, try again after ${until}`);
    }
    if (!this.#moods.has("rate-limited-seconds")) return undefined;
    const limit = "account-requests-per-sec limit exceeded";
    return says(429, `${refused} ${limit}, try again after 120 seconds`);
  }

  async #suppression(request: Request, list: string, address?: string): Promise<Response> {
    if (this.#moods.has("strange-404") && request.method === "GET") {
      const headers = { "content-type": "text/html" };
      return new Response("<h1>404 page not found</h1>", { status: 404, headers });
    }
    if (this.#moods.has("suppressed-address") && list === "bounces" && address) {
      const entry = {
        list,
        address: address.toLowerCase(),
        tags: [],
        at: mailgunDate(this.#now()),
      };
      this.#suppressions.set(`bounces/${entry.address}`, entry);
    }
    return handleSuppression(request, list, address, this.#suppressions, this.#now());
  }

  async #queue(request: Request): Promise<Response> {
    const taken = await takeMessage(request, this.#templates, this.#now());
    if (taken instanceof Response) return taken;
    const number = this.#messages.size + 1;
    const own = `${taken.at}.${number}@${this.#domains[0]}`;
    const given = taken.headers["Message-Id"]?.replace(/^<|>$/g, "").toLowerCase();
    const messageId = this.#moods.has("own-message-id") ? own : (given ?? own);
    const suppressed = suppressionReason(taken.recipients[0] ?? "", taken.tags, this.#suppressions);
    const story = suppressed ? "suppressed" : this.#story();
    const message = { ...taken, number, messageId, suppressed, story };
    this.#messages.set(String(number), message);
    // We ask for no webhook about what was accepted.
    const events = eventsOf(message, this.#domains[0] ?? "");
    this.webhooks.add(
      events.filter(({ event }) => event !== "accepted"),
      {
        isTwice: this.#moods.has("webhooks-twice"),
        isBackwards: this.#moods.has("webhooks-backwards"),
      },
    );
    if (this.#moods.has("queued-but-500")) return says(500, "Internal Server Error");
    return Response.json({ id: `<${messageId}>`, message: "Queued. Thank you." });
  }

  #story(): Story {
    const mood = Object.keys(stories).find((name) => this.#moods.has(name));
    return stories[mood ?? ""] ?? "delivered";
  }

  /** What the look-ups show by now. */
  #index(): Index {
    const until = (this.#now().getTime() - this.lagMs) / 1000;
    return { domain: this.#domains[0] ?? "", messages: this.#messages.values(), until };
  }
}

/** A sending key may do nothing but send. */
function isAllowed(request: Request, isSending: boolean): boolean {
  const [scheme, code = ""] = (request.headers.get("authorization") ?? "").split(" ");
  const [user, key] = Buffer.from(code, "base64").toString().split(":");
  if (scheme !== "Basic" || user !== "api") return false;
  return key === secrets.apiKey || (isSending && key === secrets.sendingKey);
}

function asRecord(message: KeptMessage): SimulatedRecord {
  const { headers, variables, html, messageId, at, suppressed, number, story, ...fields } = message;
  return {
    kind: "message",
    id: `${number}:${messageId}`,
    reference: variables.order_reference ?? "",
    fields: {
      ...fields,
      messageId,
      headers,
      variables,
      html,
      text: textOf(html),
      locale: headers["Content-Language"],
      sentAt: new Date(at).toISOString(),
      state: suppressed ?? story,
    },
  };
}
