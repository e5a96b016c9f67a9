// The six things, by the functions that a project has imported in its own way. They report what they got and judge nothing.

/** Verifies the ID token, refuses a changed one, verifies the certificate. */
export async function verifies({ verifyIdToken, verifyCertificate }, given) {
  const options = {
    issuer: "https://auth.example.jp",
    clientId: "client-1",
    nonce: "0bda3f7c",
    keys: given.keys,
    now: given.now,
  };
  const { claims } = await verifyIdToken(given.token, options);
  const refused = await verifyIdToken(given.changedToken, options).catch(({ code }) => code);
  const { profile } = await verifyCertificate(bytes(given.certificate), {
    profile: "jpki-sign",
    cards: "test",
    organization: given.organization,
    anchors: [bytes(given.authority)],
    now: given.now,
  });
  return { accepted: claims.sub, refused, certificate: profile.name };
}

/** Makes a QR code and an authorization request. */
export async function launches({ createAuthorizationRequest, environments, qrSvg }) {
  const { url } = await createAuthorizationRequest({
    environment: environments.sandbox,
    clientId: "shop",
    redirectUri: "https://shop.example/auth/callback",
    scope: "openid name",
  });
  return { qr: qrSvg(url, { label: "QR" }), authorization: String(url) };
}

/** The handler of a site. */
export const siteOf = ({ environments, relyingParty }, given) =>
  relyingParty({
    environment: environments.sandbox,
    clientId: "shop",
    clientKey: given.clientKey,
    redirectUri: "https://shop.example/auth/callback",
    scope: "openid name",
    cookieSecret: given.cookieSecret,
    onLogin: ({ sub }) => ({ sessionData: { sub } }),
  });

/** Answers the login route. */
export async function answers(site) {
  const response = await site.fetch(new Request("https://shop.example/auth/login"));
  const { status, headers } = response;
  return { login: { status, location: headers.get("location"), cookies: headers.getSetCookie() } };
}

const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
