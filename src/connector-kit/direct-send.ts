// Sends to a simulator in this process, with the failures that the real `send` would report.
import { ActionError } from "./action-error.ts";
import { type HttpRequest, reads, type Send } from "./http.ts";
import { ConnectionLost, type Simulator } from "./simulator.ts";

/** Every request goes to the simulator whatever its host, as when ORDNA_<PROVIDER>_URL is set. */
export function directSend(simulator: Pick<Simulator, "fetch">): Send {
  return async (request) => {
    const { method, url, headers, body } = request;
    let response: Response;
    try {
      const init = {
        method,
        headers: headers ?? {},
        ...(body === undefined ? {} : { body: asBody(body) }),
      };
      response = await simulator.fetch(new Request(url, init));
    } catch (thrown) {
      if (thrown instanceof ConnectionLost) throw noAnswer(request, thrown.isRefused);
      throw thrown;
    }
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
      request,
    };
  };
}

// The DOM's BodyInit wants an ArrayBuffer of its own behind the bytes.
const asBody = (body: string | Uint8Array) =>
  typeof body === "string" ? body : new Uint8Array(body);

/** Not sent: nothing happened. Sent and no answer: a change may have happened. */
export function noAnswer(request: HttpRequest, isRefused: boolean, why = ""): ActionError {
  const host = URL.canParse(request.url) ? new URL(request.url).host : "the provider";
  if (isRefused) {
    return new ActionError("transient", `${host} cannot be reached${why}.`, {
      cause: "provider.unreachable",
    });
  }
  return new ActionError(
    reads(request) ? "transient" : "ambiguous",
    `${host} did not answer${why}.`,
    {
      cause: "provider.no_answer",
    },
  );
}
