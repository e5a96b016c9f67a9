// As its documentation says; with the audience and the algorithm that the service demands.
import { importJWK } from "jose";
import * as client from "openid-client";
import { type Site, type SiteSettings, siteWith } from "./site.js";

/** `hardened`: verifies the signature of the ID token (`enableNonRepudiationChecks`), and waits 5 instead of 30 seconds. */
export async function openidClientSite(
  { issuer, clientId, key }: SiteSettings,
  { hardened = false } = {},
): Promise<Site> {
  let tokenEndpoint: string | undefined;
  const authentication = client.PrivateKeyJwt(
    { key: (await importJWK(key)) as CryptoKey, kid: String(key.kid) },
    {
      [client.modifyAssertion]: (_header, payload) => {
        payload.aud = tokenEndpoint;
      },
    },
  );
  const config = await client.discovery(
    new URL(issuer),
    clientId,
    { id_token_signed_response_alg: "ES256" },
    authentication,
    // The emulator of these tests is at http://127.0.0.1.
    { execute: [client.allowInsecureRequests, ...(hardened ? [client.enableNonRepudiationChecks] : [])] },
  );
  if (hardened) config.timeout = 5;
  tokenEndpoint = config.serverMetadata().token_endpoint;
  return siteWith({
    async begin(redirectUri) {
      const [verifier, state, nonce] = [
        client.randomPKCECodeVerifier(),
        client.randomState(),
        client.randomNonce(),
      ];
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: "openid name",
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
      return { url, kept: { verifier, state, nonce } };
    },
    async finish(callback, { verifier = "", state = "", nonce = "" }) {
      const tokens = await client.authorizationCodeGrant(config, callback, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const { sub = "" } = tokens.claims() ?? {};
      return (await client.fetchUserInfo(config, tokens.access_token, sub)).sub;
    },
  });
}
