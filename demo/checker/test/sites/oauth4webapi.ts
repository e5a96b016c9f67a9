// As its example for private_key_jwt; with the audience and the algorithm that the service demands.
import { importJWK } from "jose";
import * as oauth from "oauth4webapi";
import { type Site, type SiteSettings, siteWith } from "./site.js";

/** `verifies`: the signature of the ID token too, which is a call of its own. */
export async function oauth4webapiSite(
  { issuer, clientId, key }: SiteSettings,
  { verifies = false } = {},
): Promise<Site> {
  // The emulator of these tests is at http://127.0.0.1.
  const insecure = { [oauth.allowInsecureRequests]: true } as const;
  const server = new URL(issuer);
  const as = await oauth.processDiscoveryResponse(server, await oauth.discoveryRequest(server, insecure));
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
        insecure,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
      if (verifies) await oauth.validateApplicationLevelSignature(as, response, insecure);
      const { sub } = oauth.getValidatedIdTokenClaims(tokens) ?? {};
      const info = await oauth.userInfoRequest(as, client, tokens.access_token, insecure);
      return (await oauth.processUserInfoResponse(as, client, sub ?? "", info)).sub;
    },
  });
}
