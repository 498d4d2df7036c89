// The token endpoint of the simulated Zoho, with the limits that surprise everybody:
// ten new tokens in ten minutes, fifteen active ones, and "no" with status 200.
import type { SimulatorKit } from "../../connector-kit/simulator.ts";

export const simulatedSecrets = {
  clientId: "1000.SIMULATED",
  clientSecret: "simulated-client-secret",
  refreshToken: "1000.simulated.refresh",
} as const;

interface Token {
  readonly token: string;
  readonly issuedAt: number;
  readonly isDead: boolean;
}

export interface OAuth {
  answer(form: URLSearchParams, isThrottled: boolean): Response;
  isAlive(token: string): boolean;
  killAll(): void;
}

const lifetimeMs = 3600_000;
const windowMs = 600_000;

export function oauth(kit: SimulatorKit, apiDomain: string): OAuth {
  const tokens = kit.collection<Token>("tokens");
  const counters = kit.collection<number>("counters");
  const alive = () =>
    tokens.values().filter((t) => !t.isDead && t.issuedAt + lifetimeMs > kit.now().getTime());
  const kill = (t: Token) => tokens.set(t.token, { ...t, isDead: true });

  function issue(): Response {
    const now = kit.now().getTime();
    for (const t of tokens.values()) if (t.issuedAt + lifetimeMs <= now) tokens.delete(t.token);
    const number = (counters.get("tokens") ?? 0) + 1;
    counters.set("tokens", number);
    const token = `1000.simulated.access${number}`;
    tokens.set(token, { token, issuedAt: now, isDead: false });
    const [oldest] = alive().toSorted((a, b) => a.issuedAt - b.issuedAt);
    if (alive().length > 15 && oldest) kill(oldest);
    return Response.json({
      access_token: token,
      scope: "ZohoCRM.modules.ALL ZohoCRM.coql.READ ZohoCRM.settings.fields.READ",
      api_domain: apiDomain,
      token_type: "Bearer",
      expires_in: lifetimeMs / 1000,
    });
  }

  return {
    answer: (form, isThrottled) => {
      const { clientId, clientSecret, refreshToken } = simulatedSecrets;
      if (form.get("client_id") !== clientId || form.get("client_secret") !== clientSecret) {
        return Response.json({ error: "invalid_client" });
      }
      if (
        form.get("grant_type") !== "refresh_token" ||
        form.get("refresh_token") !== refreshToken
      ) {
        return Response.json({ error: "invalid_code" });
      }
      const recent = tokens.values().filter((t) => kit.now().getTime() - t.issuedAt < windowMs);
      return isThrottled || recent.length >= 10 ? throttled() : issue();
    },
    isAlive: (token) => alive().some((t) => t.token === token),
    killAll: () => alive().forEach(kill),
  };
}

function throttled(): Response {
  const error_description =
    "You have made too many requests continuously. Please try again after some time.";
  const body = { error_description, error: "Access Denied", status: "failure" };
  return Response.json(body, { status: 400 });
}
