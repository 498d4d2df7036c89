// Keeps connectors from being led to machines inside the house (server-side request forgery).
import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["224.0.0.0", 4],
] as const) {
  inside.addSubnet(net, bits, "ipv4");
}
for (const [net, bits] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  inside.addSubnet(net, bits, "ipv6");
}

export function isInsideAddress(ip: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  const address = mapped ?? ip;
  return inside.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Why this address may not be called, or undefined. Plain http is for loopback only. */
export function refusedHost(url: URL, allowsPrivateHosts: boolean): string | undefined {
  const host = url.hostname;
  if (url.username || url.password) return "A base URL must not carry a user name or password.";
  if (url.protocol === "http:" && !isLoopbackHost(host)) {
    return `${url.origin} is not encrypted; use https.`;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return `${url.protocol} is not a web address.`;
  const ip = host.replace(/^\[|\]$/g, "");
  const isLocalName = /(^|\.)localhost\.?$/.test(host);
  if (
    !allowsPrivateHosts &&
    (isLocalName || isLoopbackHost(host) || (isIP(ip) && isInsideAddress(ip)))
  ) {
    return `${url.origin} is inside this network; a provider never is.`;
  }
  return undefined;
}

/** Resolves the name and refuses inside addresses at the moment of connecting, so that rebinding does not help. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const bad = addresses.find(({ address }) => isInsideAddress(address));
    if (bad) {
      const refusal = Object.assign(new Error(`${hostname} leads inside this network`), {
        code: "EPRIVATEHOST",
      });
      return callback(refusal, []);
    }
    const [first] = addresses;
    if (options.all || !first) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};
