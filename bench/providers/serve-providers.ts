// All providers in one process: it answers seven endpoints and counts the calls of each order.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerOf } from "./answers.ts";
import { type Endpoint, endpoints, isProfile, latencies, type Profile } from "./endpoints.ts";

const calls = new Map<string, Map<string, number>>(endpoints.map((name) => [name, new Map()]));
let profile: Profile = "none";

const server = createServer((request, response) => {
  const [, place = "", order = ""] = (request.url ?? "").split("/");
  request.resume();
  request.on("end", () => {
    if (isEndpoint(place)) answer(place, order, response);
    else control(place, order, request, response);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

function answer(endpoint: Endpoint, order: string, response: ServerResponse): void {
  const counts = calls.get(endpoint);
  counts?.set(order, (counts.get(order) ?? 0) + 1);
  const { mediaType, body } = answerOf(endpoint, order);
  const send = () => {
    response.writeHead(200, {
      "content-type": mediaType,
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  };
  const waitMs = latencies[profile][endpoint];
  if (waitMs === 0) send();
  else setTimeout(send, waitMs);
}

function control(
  place: string,
  what: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method === "POST" && place === "begin" && isProfile(what)) {
    profile = what;
    for (const counts of calls.values()) counts.clear();
    response.end("{}");
  } else if (place === "counts") {
    response.end(JSON.stringify(counted()));
  } else {
    response.writeHead(404).end();
  }
}

/** `duplicates`: calls of one order to one endpoint beyond the first. */
function counted() {
  const perEndpoint = [...calls.values()].map((counts) => [...counts.values()]);
  const all = perEndpoint.flat();
  return {
    orders: Math.min(...perEndpoint.map((counts) => counts.length)),
    calls: all.reduce((sum, n) => sum + n, 0),
    duplicates: all.reduce((sum, n) => sum + n - 1, 0),
  };
}

function isEndpoint(text: string): text is Endpoint {
  return calls.has(text);
}
