// Logging in with a company's own accounts (OpenID Connect): authorization code with PKCE, state and nonce.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { z } from "zod";
import { isLoopbackHost } from "../../connector-kit/reachable-host.ts";

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the browser keeps while its user is away at the issuer. */
export const errandSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
});
type Errand = z.infer<typeof errandSchema>;

export interface Identity {
  /** Issuer and subject: it stays when the e-mail changes. */
  readonly subject: string;
  /** Only when the issuer says that it checked it. */
  readonly email: string | undefined;
}

export function oidcClient({ issuer, clientId, clientSecret }: OidcSettings, redirectUri: string) {
  let known: Promise<Configuration> | undefined;
  // Asked anew after a failure: the issuer may have been away.
  const configuration = () => {
    const url = new URL(issuer);
    const options = isLoopbackHost(url.hostname) ? { execute: [allowInsecureRequests] } : {};
    known ??= discovery(url, clientId, clientSecret, undefined, options).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    async begin(): Promise<{ url: string; errand: Errand }> {
      const errand = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
      };
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: "openid email",
        code_challenge: await calculatePKCECodeChallenge(errand.verifier),
        code_challenge_method: "S256",
        state: errand.state,
        nonce: errand.nonce,
      });
      return { url: url.href, errand };
    },
    async end(search: string, { state, nonce, verifier }: Errand): Promise<Identity> {
      const tokens = await authorizationCodeGrant(
        await configuration(),
        new URL(`${redirectUri}${search}`),
        { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce },
      );
      const claims = tokens.claims();
      if (!claims) throw new Error("The issuer sent no identity.");
      const email =
        claims.email_verified === true ? z.email().safeParse(claims.email).data : undefined;
      return { subject: `${claims.iss}|${claims.sub}`, email: email?.toLowerCase() };
    },
  };
}
