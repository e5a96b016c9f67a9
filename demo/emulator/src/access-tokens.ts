import { errors, jwtVerify, SignJWT } from "jose";
import { mark, type Realm } from "./realm.js";

/**
 * Wraps oidc-provider's opaque access token into an RS256 JWT of the realm, as the service issues them. For the client it is
 * still opaque. The handle is in `jti` and is accepted only in this form.
 */
export async function wrapAccessToken(
  realm: Realm,
  handle: string,
  token: {
    readonly clientId: string;
    readonly subject?: string;
    readonly scope?: string;
    readonly lifetime: number;
  },
): Promise<string> {
  const { kid, alg, privateKey } = realm.keys.rsa;
  const jwt = new SignJWT({
    typ: "Bearer",
    azp: token.clientId,
    ...(token.scope ? { scope: token.scope } : {}),
    ...mark,
  })
    .setProtectedHeader({ alg, typ: "JWT", kid })
    .setIssuer(realm.issuer)
    .setJti(handle)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + token.lifetime);
  if (token.subject !== undefined) jwt.setSubject(token.subject);
  return jwt.sign(privateKey);
}

/**
 * The handle of the Bearer token in an `Authorization` header (RFC 6750 §2.1).
 *
 * @returns `undefined` if there is no such token; the empty string, which is not a handle, for a token of another realm
 */
export async function readBearer(realm: Realm, authorization = ""): Promise<string | undefined> {
  const [, token] = /^Bearer ([\w.-]{1,8192})$/i.exec(authorization) ?? [];
  return token === undefined ? undefined : ((await unwrapAccessToken(realm, token)) ?? "");
}

/** The handle in the token; `undefined` if this realm did not sign it, or if it has expired. */
async function unwrapAccessToken(realm: Realm, accessToken: string): Promise<string | undefined> {
  try {
    const { payload } = await jwtVerify(accessToken, realm.keys.rsa.publicKey, {
      issuer: realm.issuer,
      algorithms: ["RS256"],
    });
    return payload.jti;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
