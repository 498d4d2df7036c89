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
  answer(form: URLSearchParams, moods: ReadonlySet<string>): Response;
  /** A grant code as the API console shows it: good for three minutes, and once. */
  grantCode(): string;
  isAlive(token: string): boolean;
  killAll(): void;
}

const lifetimeMs = 3600_000;
const windowMs = 600_000;
const codeMs = 180_000;

const invalidCode = () => Response.json({ error: "invalid_code" });

export function oauth(kit: SimulatorKit, apiDomain: string): OAuth {
  const tokens = kit.collection<Token>("tokens");
  const counters = kit.collection<number>("counters");
  const codes = kit.collection<number>("codes");
  const alive = () =>
    tokens.values().filter((t) => !t.isDead && t.issuedAt + lifetimeMs > kit.now().getTime());
  const kill = (t: Token) => tokens.set(t.token, { ...t, isDead: true });

  /** True once, within three minutes. */
  function redeem(code: string): boolean {
    const issuedAt = codes.get(code);
    codes.delete(code);
    return issuedAt !== undefined && kit.now().getTime() - issuedAt < codeMs;
  }

  function issue(extra: object = {}): Response {
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
      ...extra,
      scope: "ZohoCRM.modules.ALL ZohoCRM.coql.READ ZohoCRM.settings.fields.READ",
      api_domain: apiDomain,
      token_type: "Bearer",
      expires_in: lifetimeMs / 1000,
    });
  }

  return {
    answer: (form, moods) => {
      const { clientId, clientSecret, refreshToken } = simulatedSecrets;
      if (form.get("client_id") !== clientId || form.get("client_secret") !== clientSecret) {
        return Response.json({ error: "invalid_client" });
      }
      if (form.get("grant_type") === "authorization_code") {
        const isGood = redeem(form.get("code") ?? "");
        return isGood ? issue({ refresh_token: refreshToken }) : invalidCode();
      }
      const isOurs = form.get("refresh_token") === refreshToken;
      if (form.get("grant_type") !== "refresh_token" || !isOurs || moods.has("token-revoked")) {
        return invalidCode();
      }
      const recent = tokens.values().filter((t) => kit.now().getTime() - t.issuedAt < windowMs);
      return moods.has("token-throttle") || recent.length >= 10 ? throttled() : issue();
    },
    grantCode: () => {
      const number = (counters.get("codes") ?? 0) + 1;
      counters.set("codes", number);
      const code = `1000.simulated.code${number}`;
      codes.set(code, kit.now().getTime());
      return code;
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
