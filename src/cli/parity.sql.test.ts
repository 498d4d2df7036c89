// Whatever the page can do, a terminal can: each address of the API has a command, or a reason why it has none.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openApp } from "../api/app-for-tests.ts";

const ref = "AAAAAAAAAAWAITS";
const to = "--to=unwritten";

const commands: Readonly<Record<string, string>> = {
  "GET /status": "status show",
  "GET /pipelines": "status pipelines",
  "GET /counts": "status counts",
  "GET /orders": "orders list",
  "GET /orders/{reference}": `orders show ${ref}`,
  "GET /orders/{reference}/decisions": `decisions list --order=${ref}`,
  "GET /orders/{reference}/files/{step}": `orders file ${ref} ${to}`,
  "POST /orders/{reference}/files/{step}/link": `orders link ${ref}`,
  "POST /orders/{reference}/retry": `retry ${ref}`,
  "POST /orders/{reference}/steps/{step}/retry": `orders retry ${ref} --step=x`,
  "POST /orders/{reference}/steps/{step}/settle": `orders settle ${ref} --step=x --no-there`,
  "POST /orders/{reference}/steps/{step}/by-hand": `orders by-hand ${ref} --step=x --output=1`,
  "POST /orders/{reference}/steps/{step}/skip": `orders skip ${ref} --step=x`,
  "POST /orders/{reference}/hold": `orders hold ${ref}`,
  "POST /orders/{reference}/release": `orders release ${ref}`,
  "POST /orders/{reference}/cancel": `orders cancel ${ref}`,
  "POST /orders/{reference}/invoice-copy": `orders invoice-copy ${ref}`,
  "POST /orders/{reference}/credit": `orders credit ${ref}`,
  "POST /orders/{reference}/return": `orders return ${ref}`,
  "POST /orders/{reference}/assign": `orders assign ${ref} --to=x`,
  "POST /orders/{reference}/snooze": `orders snooze ${ref}`,
  "POST /orders/{reference}/note": `orders note ${ref} --text=x`,
  "POST /orders/{reference}/amend": `orders amend ${ref} --postal-code=00100 --reason=x`,
  "POST /orders/{reference}/resend-email": `orders resend-email ${ref}`,
  "POST /orders/{reference}/choose-service": `orders choose-service ${ref}`,
  "POST /orders/{reference}/ask-customer": `orders ask ${ref}`,
  "GET /inbox": "inbox",
  "GET /decisions": "decisions list --actor=x --since=2026-11-01T00:00:00Z",
  "GET /decisions/verified": "decisions verify",
  "POST /retries": "causes retry unknown --provider=x --step=x",
  "GET /retries": "causes list",
  "POST /retries/{id}/cancel": "causes cancel some-retry",
  "GET /events": "events list",
  "GET /events/{id}/payload": "events payload evt_1",
  "POST /events/{id}/read-again": "events read-again evt_1",
  "POST /customers/export": "customers export --email=a@example.com --out=unwritten",
  "POST /customers/erase": "customers erase --email=a@example.com",
  "POST /backfill": "backfill --since=1d",
  "POST /audit": "audit",
  "POST /welcome": "welcome",
  "GET /people": "people list",
  "PATCH /people/{id}": "people change 1 --role=viewer",
  "POST /invitations": "people invite a@example.com --role=viewer",
  "GET /keys": "keys list",
  "POST /keys": "keys make station",
  "DELETE /keys/{id}": "keys revoke 1",
  "GET /hooks": "hooks list",
  "POST /hooks": "hooks add https://a.example/ --events=order.done",
  "POST /hooks/{id}/rotate": "hooks rotate 1",
  "DELETE /hooks/{id}": "hooks drop 1",
  "POST /hooks/{id}/enable": "hooks enable 1",
  "GET /hooks/{id}/messages": "hooks messages 1",
  "POST /hooks/{id}/messages/{message}/replay": "hooks replay 1 2",
  "DELETE /people/{id}/sessions": "people log-out 1",
  "GET /books": "books list",
  "POST /books/{books}/close": "books close own --month=2026-10",
  "GET /colleagues": "people colleagues",
  "GET /configuration": "status configuration",
  "GET /hooks/messages": "hooks log",
  "GET /hooks/{id}/messages/{message}": "hooks message 1 2",
  "POST /accounts/pause": "accounts pause netvisor:1 --reason=x",
  "POST /accounts/resume": "accounts resume netvisor:1",
  "POST /causes/name": "causes name 0123456789ab --provider=x --step=y --as=z",
  "GET /accounts": "accounts list",
  "GET /accounts/calls": "accounts calls",
  "GET /accounts/days": "accounts days",
  "POST /accounts/probe": "accounts probe netvisor:1",
  "GET /labels": "labels list",
  "POST /labels/pdf": `labels save ${ref} --to=unwritten.pdf`,
  "POST /labels/zpl": `labels save ${ref} --to=unwritten.zpl`,
  "POST /labels/printed": `labels printed ${ref}`,
  "GET /invoices": "invoices list",
  "GET /reports/days": "reports days",
  "GET /reports/orders": "reports orders",
  "GET /reports/invoices": "reports invoices --from=2026-11-01 --until=2026-12-01",
};

const browsers = "It is how a person's browser comes in; a terminal has its key.";
const twoSteps = "It asks for the list first: `invoices show` and `invoices export`.";
const leftOut: Readonly<Record<string, string>> = {
  "GET /session": browsers,
  "POST /session": browsers,
  "DELETE /session": browsers,
  "POST /session/accept": browsers,
  "POST /session/reveal": "The terminal sees everything; only a person's session is masked.",
  "GET /oidc/available": browsers,
  "GET /oidc/start": browsers,
  "GET /oidc/callback": browsers,
  "POST /account/password": browsers,
  "POST /account/second-factor": browsers,
  "DELETE /account/second-factor": browsers,
  "POST /account/second-factor/confirm": browsers,
  "GET /account": browsers,
  "DELETE /account/sessions": browsers,
  "DELETE /account/sessions/{id}": browsers,
  "GET /letters/{template}/{language}": "It is for the eye; the page shows it.",
  "POST /orders/selected/decide": "A shell repeats `orders retry`, `hold`, `assign` and `snooze`.",
  "POST /backup": "`ordna backup` asks a running Ordna for it, and copies the files as well.",
  "GET /stream": "It keeps an open page fresh; a script asks again, or is told by a hook.",
  "GET /invoices/{books}/{number}": twoSteps,
  "GET /invoices/{books}/{number}/{format}": twoSteps,
};

const folder = mkdtempSync(join(tmpdir(), "ordna-parity-"));
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.method} ${(request.url ?? "").replace(/^\/api|\?.*/g, "")}`);
  response.writeHead(409, { "content-type": "application/problem+json" });
  response.end(JSON.stringify({ error: "It cannot be now." }));
});
before(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
after(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("each address of the API has a command, or it is said why it has none", async () => {
  const shop = await openApp();
  const { paths } = await (await shop.get("/api/openapi.json")).json();
  await shop.close();
  const operations = Object.entries<object>(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const told = [...Object.keys(commands), ...Object.keys(leftOut)];
  assert.deepEqual(operations.toSorted(), told.toSorted());
});

/** All of them in one process, as a person would type them one after the other. */
const runner = `
  import { runCommand } from "citty";
  const [at, lines] = process.argv.slice(-2);
  const { ordnaCommand } = await import(at);
  for (const line of JSON.parse(lines)) {
    process.exitCode = 0;
    const error = await runCommand(ordnaCommand, { rawArgs: [...line.split(" "), "--json"] }).catch((e) => e.message);
    console.log("ran " + JSON.stringify({ line, exitCode: process.exitCode, error: typeof error === "string" ? error : null }));
  }
  process.exit(0);
`;

test("each command asks that address, and ends with 1 and the server's own sentence when it is refused", async () => {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const lines = Object.values(commands);
  const at = fileURLToPath(new URL("./ordna-command.ts", import.meta.url));
  const env = {
    PATH: process.env.PATH,
    ORDNA_SERVER: `http://127.0.0.1:${port}`,
    ORDNA_DATA: folder,
    NO_COLOR: "1",
  };
  const args = ["--input-type=module", "-e", runner, "--", at, JSON.stringify(lines)];
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd, env, timeout: 60_000 }, (error, out, err) =>
      error ? reject(new Error(`${error.message}\n${err}`)) : resolve(out),
    );
  });
  const ran = [...stdout.matchAll(/^ran (.*)$/gm)].map(([, one]) => JSON.parse(one ?? ""));
  assert.equal(ran.length, lines.length);
  for (const { line, exitCode, error } of ran) {
    assert.equal(error, null, line);
    assert.equal(exitCode, 1, line);
  }
  assert.equal(stdout.split('{"error":"It cannot be now."}').length - 1, lines.length);
  const wanted = Object.keys(commands).map(
    (operation) => new RegExp(`^${operation.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  );
  assert.equal(asked.length, wanted.length, asked.join("\n"));
  for (const [nth, pattern] of wanted.entries()) assert.match(asked[nth] ?? "", pattern);
});
