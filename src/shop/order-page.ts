// Where people open an order.
import { isLoopbackHost } from "../connector-kit/reachable-host.ts";

export const orderPage = (publicUrl: string, reference: string) =>
  `${publicUrl}/orders/${reference}`;

/** For what others read elsewhere: a link to this machine is of no use to them. */
export function sharedLinks(publicUrl: string): (reference: string) => string | undefined {
  const isOurOwn = isThisMachine(publicUrl);
  return (reference) => (isOurOwn ? undefined : orderPage(publicUrl, reference));
}

/** Nobody elsewhere can open it. */
export function isThisMachine(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  return isLoopbackHost(hostname) || hostname === "0.0.0.0" || hostname === "[::]";
}
