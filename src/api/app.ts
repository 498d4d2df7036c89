// HTTP for Stripe, for the page and for the command line.
import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { z } from "zod";
import type { StoredFile } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import type { FoundPayment, PaidQuery } from "../connector-kit/roles.ts";
import type { AuditPlace } from "../ledger/audit-ledger.ts";
import type { Database } from "../ledger/database/database.ts";
import { CannotLeaveOut } from "../ledger/leave-out.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { listEvents } from "../ledger/list-events.ts";
import { countOrders, listOrders, showOrder } from "../ledger/list-orders.ts";
import { readEventAgain } from "../operator/read-event-again.ts";
import { retryOrder } from "../operator/retry-order.ts";
import { type Access, guard } from "./access.ts";
import { changeStream } from "./change-stream.ts";
import { servePage } from "./serve-page.ts";

export interface AppOptions {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly door: (request: Request, store: string) => Promise<Response>;
  /** Where a mail provider tells what became of e-mails. */
  readonly mailDoor?: (request: Request, store: string) => Promise<Response>;
  readonly access: Access;
  /** What /api/status says about this installation. */
  readonly about: About;
  /** The document that a step kept. */
  readonly openFile: (reference: string, step: string) => Promise<KeptFile | undefined>;
  readonly kick: () => void;
  /** What went wrong although the caller was only told that something did. */
  readonly onError?: (error: unknown) => void;
  /** Compares what was paid with the ledger, and enters what is missing if wished. */
  readonly backfill?: (
    wish: PaidQuery & {
      readonly isEntering: boolean;
      readonly leaveOut?: { readonly steps: readonly string[]; readonly before: Date } | undefined;
    },
  ) => Promise<readonly Found[]>;
  /** Looks once more for what was ever in doubt, a page at a time. */
  readonly audit?: (wish: AuditWish) => Promise<Audited>;
  /** Mounted below /api/sandbox when providers are simulated. */
  readonly sandbox?: Hono | undefined;
  /** bull-board, when Redis is in use. */
  readonly queues?: Hono | undefined;
}

interface Found {
  readonly store: string;
  readonly payment: FoundPayment;
  readonly state: "known" | "missing" | "entered";
  readonly leftOut: readonly string[];
}

interface AuditWish {
  readonly withinMs: number;
  readonly after?: AuditPlace | undefined;
}

interface Audited {
  readonly findings: readonly object[];
  readonly next: AuditPlace | undefined;
}

interface KeptFile {
  readonly file: StoredFile;
  readonly bytes: Uint8Array;
}

export interface About {
  readonly version: string;
  readonly database: string;
  readonly queue: string;
  readonly providers: readonly {
    readonly store: string;
    readonly role: string;
    readonly provider: string;
    readonly isSimulated: boolean;
  }[];
}

const reference = z.string().regex(/^[A-Z0-9]{10,20}$/);
const listQuery = z.object({
  state: z.enum(["open", "waiting", "attention", "done", "cancelled"]).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "A number from 1 to 200")
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 200, "A number from 1 to 200")
    .default(50),
  before: z
    .string()
    .regex(/^[1-9]\d{3}-\d\d-\d\dT[\d:.]{5,20}Z\/[A-Z0-9]{10,20}$/)
    .refine((text) => z.iso.datetime().safeParse(text.split("/")[0]).success, "No such moment")
    .optional(),
});
const eventsQuery = z.object({
  disposition: z.enum(["received", "opened", "joined", "ignored", "quarantined"]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const eventId = z.string().regex(/^[\w:-]{1,255}$/);
const moment = z.iso.datetime().transform((text) => new Date(text));
const backfillBody = z
  .object({
    from: moment,
    until: moment,
    by: z.enum(["events", "objects"]),
    enter: z.boolean().default(false),
    leaveOut: z
      .strictObject({ steps: z.array(z.string().max(40)).min(1).max(40), before: moment })
      .optional(),
  })
  .refine(({ from, until }) => from < until, "It ends before it begins");
const auditBody = z.object({
  withinMs: z.number().int().positive(),
  after: z.object({ run: z.string().max(200), step: z.string().max(40) }).optional(),
});
const retryBody = z.object({ step: z.string().max(40).optional() });

export function app(options: AppOptions): Hono {
  const { db, ledger } = options;
  const hono = new Hono();
  hono.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'self'"], frameAncestors: ["'none'"] },
      // A handler that knows better keeps its own.
      overwrite: false,
    }),
  );
  hono.all("/webhooks/stripe/:store", (c) => options.door(c.req.raw, c.req.param("store")));
  const { mailDoor } = options;
  if (mailDoor)
    hono.all("/webhooks/mailgun/:store", (c) => mailDoor(c.req.raw, c.req.param("store")));
  hono.get("/healthz", async (c) => {
    await db.query("select 1");
    return c.json({ ok: true });
  });

  const api = new Hono();
  api.use(guard(options.access));
  api.get("/status", async (c) => c.json({ ...options.about, counts: await countOrders(db) }));
  api.get("/orders", async (c) => {
    const query = listQuery.safeParse(c.req.query());
    return query.success ? c.json(await listOrders(db, query.data)) : refuse(c, query.error);
  });
  api.get("/orders/:reference", async (c) => {
    const ref = reference.safeParse(c.req.param("reference"));
    const detail = ref.success ? await showOrder(db, ref.data) : undefined;
    return detail ? c.json(detail) : c.json({ error: "There is no such order." }, 404);
  });
  api.get("/orders/:reference/files/:step", async (c) => {
    const { reference: ref, step } = c.req.param();
    const file = reference.safeParse(ref).success ? await options.openFile(ref, step) : undefined;
    return file ? inline(c, file) : c.json({ error: "There is no such file." }, 404);
  });
  api.post("/orders/:reference/retry", async (c) => {
    // No body means every step; one that cannot be read must not mean that too.
    const body = retryBody.safeParse(JSON.parse((await c.req.text()) || "{}"));
    if (!body.success) return refuse(c, body.error);
    const ref = reference.safeParse(c.req.param("reference"));
    const retried = ref.success && (await retryOrder(ledger, ref.data, body.data.step));
    if (!retried) return c.json({ error: "There is no such order." }, 404);
    options.kick();
    return c.json({ retried });
  });
  api.get("/events", async (c) => {
    const query = eventsQuery.safeParse(c.req.query());
    if (!query.success) return refuse(c, query.error);
    return c.json({ events: await listEvents(db, query.data) });
  });
  api.post("/events/:id/read-again", async (c) => {
    const id = eventId.safeParse(c.req.param("id"));
    const isReadAgain = id.success ? await readEventAgain(ledger, id.data) : undefined;
    if (isReadAgain === undefined) return c.json({ error: "There is no such event." }, 404);
    if (isReadAgain) options.kick();
    return c.json({ isReadAgain });
  });
  api.post("/backfill", async (c) => {
    const body = backfillBody.safeParse(JSON.parse((await c.req.text()) || "{}"));
    if (!body.success) return refuse(c, body.error);
    const { enter, ...query } = body.data;
    try {
      const found = await options.backfill?.({ ...query, isEntering: enter });
      return c.json({ payments: (found ?? []).map(asFound) });
    } catch (error) {
      if (error instanceof CannotLeaveOut) return c.json({ error: error.message }, 400);
      if (error instanceof ActionError) return c.json({ error: error.message }, 502);
      throw error;
    }
  });
  api.post("/audit", async (c) => {
    const body = auditBody.safeParse(JSON.parse((await c.req.text()) || "{}"));
    if (!body.success) return refuse(c, body.error);
    const { findings = [], next } = (await options.audit?.(body.data)) ?? {};
    return c.json({ findings, next: next ?? null });
  });
  api.get("/stream", (c) => changeStream(c, db));
  if (options.sandbox) api.route("/sandbox", options.sandbox);
  api.all("*", (c) => c.json({ error: "There is no such address." }, 404));
  hono.route("/api", api);

  if (options.queues) {
    hono.use("/queues/*", guard(options.access));
    hono.use("/queues/*", async (c, next) => {
      await next();
      c.header("content-security-policy", boardPolicy);
    });
    hono.get("/queues/", (c) => c.redirect("/queues"));
    hono.route("/queues", options.queues);
  }
  hono.get("*", servePage(options.access));
  hono.onError((error, c) => {
    options.onError?.(error);
    const message = error instanceof SyntaxError ? "That is not JSON." : "Ordna could not answer.";
    return c.json({ error: message }, error instanceof SyntaxError ? 400 : 503);
  });
  return hono;
}

function asFound({ store, payment, state, leftOut }: Found) {
  const { objects, event, amount } = payment;
  const { id, createdAt } = event;
  const money = amount ? { minor: String(amount.minor), currency: amount.currency } : null;
  return { store, objects, event: id, paidAt: createdAt, amount: money, state, leftOut };
}

function inline(c: Context, { file, bytes }: KeptFile): Response {
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": file.mediaType,
    "content-disposition": `inline; filename="${file.fileName.replaceAll(/[^\w.-]/g, "_")}"`,
    "cache-control": "private, no-store",
  });
}

/** bull-board styles itself inline; what it would load from elsewhere stays refused. */
const boardPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

function refuse(c: Context, error: z.ZodError): Response {
  const issue = error.issues[0];
  return c.json({ error: `${issue?.path.join(".") || "request"}: ${issue?.message}` }, 400);
}
