// As its example for private_key_jwt; with the audience and the algorithm that the service demands.
import { importJWK } from "jose";
import * as oauth from "oauth4webapi";
import { type Site, type SiteSettings, siteWith } from "./site.js";

/** `hardened`: verifies the signature of the ID token, which is a call of its own, and limits the time of each request. */
export async function oauth4webapiSite(
  { issuer, clientId, key }: SiteSettings,
  { hardened = false } = {},
): Promise<Site> {
  const options = {
    // The emulator of these tests is at http://127.0.0.1.
    [oauth.allowInsecureRequests]: true,
    ...(hardened ? { signal: () => AbortSignal.timeout(5_000) } : {}),
  } as const;
  const server = new URL(issuer);
  const as = await oauth.processDiscoveryResponse(server, await oauth.discoveryRequest(server, options));
  const client: oauth.Client = { client_id: clientId, id_token_signed_response_alg: "ES256" };
  const authentication = oauth.PrivateKeyJwt(
    { key: (await importJWK(key)) as CryptoKey, kid: String(key.kid) },
    {
      [oauth.modifyAssertion]: (_header, payload) => {
        payload.aud = as.token_endpoint;
      },
    },
  );
  return siteWith({
    async begin(redirectUri) {
      const [verifier, state, nonce] = [
        oauth.generateRandomCodeVerifier(),
        oauth.generateRandomState(),
        oauth.generateRandomNonce(),
      ];
      const url = new URL(as.authorization_endpoint ?? "");
      url.search = new URLSearchParams({
        response_type: "code",
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: "openid name",
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      }).toString();
      return { url, kept: { verifier, state, nonce, redirectUri } };
    },
    async finish(callback, { verifier = "", state = "", nonce = "", redirectUri = "" }) {
      const parameters = oauth.validateAuthResponse(as, client, callback, state);
      const response = await oauth.authorizationCodeGrantRequest(
        as,
        client,
        authentication,
        parameters,
        redirectUri,
        verifier,
        options,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
      if (hardened) await oauth.validateApplicationLevelSignature(as, response, options);
      const { sub } = oauth.getValidatedIdTokenClaims(tokens) ?? {};
      const info = await oauth.userInfoRequest(as, client, tokens.access_token, options);
      return (await oauth.processUserInfoResponse(as, client, sub ?? "", info)).sub;
    },
  });
}
