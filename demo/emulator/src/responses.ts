import { decodeJwt } from "jose";
import type { KoaContextWithOIDC } from "oidc-provider";
import { readBearer, wrapAccessToken } from "./access-tokens.js";
import { compact, leftHalfHash, signer } from "./jws.js";
import { oversized, wholeAnswers } from "./misbehaviours/answers.js";
import type { Misbehaviour, WrongAnswer } from "./misbehaviours/kinds.js";
import { findMisbehaviour } from "./misbehaviours.js";
import { mark, type Realm, sessionCookie } from "./realm.js";

type Context = KoaContextWithOIDC & { body: unknown };
type Body = Record<string, unknown>;

/** Responds instead of koa. */
function take(ctx: Context, wrong: WrongAnswer, right: Body): void {
  ctx.respond = false;
  ctx.status = 200;
  wrong(ctx.res, right);
}

/**
 * A koa middleware around oidc-provider: changes its responses to those of the service, and applies the selected misbehaviour.
 */
export function rewriteResponses(realm: Realm) {
  return async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    const { path } = ctx;
    const query = path.endsWith("/auth") ? { ...ctx.query } : undefined;
    const endpoint = path.endsWith("/token") ? "token" : path.endsWith("/userinfo") ? "userinfo" : undefined;
    const fault = endpoint === undefined ? "none" : realm.faults[endpoint];
    const wrong = wholeAnswers[fault];
    if (wrong !== undefined) {
      if (endpoint !== undefined) realm.sent.add({ endpoint, parameters: {}, status: 0 });
      return take(ctx, wrong, {});
    }

    if (endpoint === "userinfo") await unwrapHeader(ctx, realm);
    await next();
    dropHeaders(ctx);
    record(ctx, realm, endpoint, query);

    const order = orderOf(ctx, realm);
    if (endpoint === undefined) {
      if (ctx.response.get("location") !== "") redirectToClient(ctx, order);
      if (path.endsWith("/openid-configuration")) ctx.body = discovery(ctx.body as Body);
      return;
    }
    if (ctx.status !== 200) return;
    if (endpoint === "token") ctx.body = await tokenResponse(ctx, realm, order);
    const right = ctx.body as Body;
    if (fault === "oversized") return take(ctx, oversized, right);
    if (order?.target === endpoint) take(ctx, order.apply, right);
  };
}

/** Keeps what the site sent, and how oidc-provider answered, before any misbehaviour. */
function record(
  ctx: Context,
  { sent }: Realm,
  endpoint: "token" | "userinfo" | undefined,
  query: Context["query"] | undefined,
): void {
  if (endpoint === undefined && query === undefined) return;
  const body = (typeof ctx.body === "object" ? ctx.body : undefined) as Body | undefined;
  const location = ctx.response.get("location");
  const callback = URL.canParse(location) ? new URL(location).searchParams : undefined;
  const error = body?.error ?? callback?.get("error") ?? ctx.state.refusal?.error;
  const form = endpoint === undefined ? query : (ctx.oidc?.body as Record<string, unknown> | undefined);
  sent.add({
    endpoint: endpoint ?? "authorization",
    parameters: firstValues(form ?? {}),
    status: ctx.status,
    ...(typeof error === "string" ? { error } : {}),
    ...(typeof ctx.state.refusal?.reason === "string" ? { reason: ctx.state.refusal.reason } : {}),
  });
}

/** Without the parameters that are for the emulator. */
function firstValues(parameters: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([name, value]) => value !== undefined && !name.startsWith("emulator_"))
      .map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]),
  );
}

/** oidc-provider gets its own handle. It refuses any other value in the header. */
async function unwrapHeader(ctx: Context, realm: Realm): Promise<void> {
  const handle = await readBearer(realm, ctx.req.headers.authorization);
  if (handle !== undefined) ctx.req.headers.authorization = `Bearer ${handle || "invalid"}`;
}

/** No CORS, and no login session that the next authorization would find. */
function dropHeaders(ctx: Context): void {
  for (const name of ctx.res.getHeaderNames()) {
    if (name.startsWith("access-control-")) ctx.remove(name);
  }
  const cookies = [ctx.response.headers["set-cookie"] ?? []].flat();
  if (cookies.length === 0) return;
  ctx.remove("set-cookie");
  const kept = cookies.filter((cookie) => !cookie.startsWith(sessionCookie));
  if (kept.length > 0) ctx.set("set-cookie", kept);
}

function orderOf(ctx: Context, realm: Realm): Misbehaviour | undefined {
  if (ctx.oidc === undefined) return undefined;
  const { Grant, AccessToken, RefreshToken, AuthorizationCode } = ctx.oidc.entities;
  const grantId = Grant?.jti ?? (AuthorizationCode ?? RefreshToken ?? AccessToken)?.grantId;
  return grantId === undefined ? undefined : findMisbehaviour(realm.orders.get(grantId));
}

/** The redirect back: `session_state` as Keycloak adds it, and no `;` in `state` (it does not survive the real service). */
function redirectToClient(ctx: Context, order: Misbehaviour | undefined): void {
  const redirectUri = ctx.oidc?.params?.redirect_uri;
  const location = ctx.response.get("location");
  if (typeof redirectUri !== "string" || !ctx.oidc.client?.redirectUriAllowed(redirectUri)) return;
  const callback = new URL(location, ctx.oidc.issuer);
  const registered = new URL(redirectUri);
  if (callback.origin !== registered.origin || callback.pathname !== registered.pathname) return;
  const { searchParams } = callback;
  const state = searchParams.get("state");
  if (state !== null) searchParams.set("state", state.replaceAll(";", ""));
  const { session } = ctx.oidc;
  if (searchParams.has("code") && session?.uid !== undefined) searchParams.set("session_state", session.uid);
  ctx.set("location", order?.target === "authorization-response" ? order.apply(callback) : callback.href);
}

/** Adds what the service's ID token has, signs with the realm's present key, and wraps the access token. */
async function tokenResponse(ctx: Context, realm: Realm, order: Misbehaviour | undefined): Promise<Body> {
  const body = ctx.body as Body & { access_token: string; expires_in: number; id_token?: string };
  const { AuthorizationCode, RefreshToken, Account, Client } = ctx.oidc.entities;
  const accessToken = await wrapAccessToken(realm, body.access_token, {
    clientId: Client?.clientId ?? "",
    lifetime: body.expires_in,
    ...(Account === undefined ? {} : { subject: Account.accountId }),
    ...(typeof body.scope === "string" ? { scope: body.scope } : {}),
  });
  const { id_token: issued, ...rest } = body;
  if (issued === undefined) return { ...rest, access_token: accessToken };

  const source = AuthorizationCode ?? RefreshToken;
  const draft = {
    header: { alg: "ES256", typ: "JWT", kid: realm.keys.ec.kid },
    claims: {
      ...decodeJwt(issued),
      auth_time: source?.authTime,
      acr: source?.acr,
      at_hash: leftHalfHash(accessToken),
      ...mark,
    },
  };
  const idToken =
    order?.target === "id-token"
      ? order.apply(draft, realm.keys)
      : compact(draft.header, JSON.stringify(draft.claims), signer(realm.keys.ec));
  return { ...rest, access_token: accessToken, ...(idToken === undefined ? {} : { id_token: idToken }) };
}

/** oidc-provider's document, without features that the service lacks. */
function discovery(body: Body): Body {
  return {
    ...body,
    subject_types_supported: ["pairwise"],
    response_modes_supported: ["query"],
    request_parameter_supported: false,
    ...mark,
  };
}
