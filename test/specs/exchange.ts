// What went over the wire between a connector and its simulator.
import type { Simulator } from "../../src/connector-kit/simulator.ts";

export interface Exchange {
  readonly provider: string;
  readonly method: string;
  /** Without host and query. */
  readonly path: string;
  readonly sent: Body;
  readonly status: number;
  readonly answered: Body;
}

export interface Body {
  readonly type: string;
  readonly text: string;
}

/** Listens in on a simulator from now on. */
export function listenIn(simulator: Simulator, exchanges: Exchange[]): void {
  const inner = simulator.fetch.bind(simulator);
  const fetch = async (request: Request) => {
    const sent = await bodyOf(request.clone());
    const response = await inner(request);
    exchanges.push({
      provider: simulator.provider,
      method: request.method.toLowerCase(),
      path: decodeURIComponent(new URL(request.url).pathname),
      sent,
      status: response.status,
      answered: await bodyOf(response.clone()),
    });
    return response;
  };
  Object.assign(simulator, { fetch });
}

async function bodyOf(message: Request | Response): Promise<Body> {
  return { type: message.headers.get("content-type") ?? "", text: await message.text() };
}

export const jsonOf = ({ text }: Body): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
