import { authPaths, type Holder, type LoginResult, paths, type ServiceKind, type Trust } from "@honnin/site";
import { readHolder, readSignedPackage, remoteKeys } from "honnin";
import type { Environment } from "honnin/launch";
import {
  type Login,
  type OnError,
  type RelyingParty,
  relyingParty,
  type ServerDocument,
  type Session,
} from "honnin/relying-party";
import { durableObjectStore } from "honnin/relying-party/cloudflare";
import { isSet } from "./check-settings.ts";
import { chosenScopes } from "./chosen-scopes.ts";
import { keeper, resultLifetime } from "./keeper.ts";
import { keySetCache } from "./key-set-cache.ts";
import { type Env, environmentOf, readJwk, serviceOf } from "./settings.ts";
import { signedCookie } from "./signed-cookie.ts";
import { type KeptSigning, signingOptions, trustOf } from "./signing.ts";

/** Created once per isolate, mainly to keep the fetched keys. */
export interface Site {
  readonly service: ServiceKind;
  readonly loginOrigin: string;
  /** Login, signature, callback and logout. */
  readonly handler: RelyingParty;
  /** The trusted certificates; `undefined` if none are configured. */
  readonly trust: Trust | undefined;
  /** Whether documents can be signed here. */
  readonly signs: boolean;
  /** The result of the login of this request's session; `none`, or `forgotten` if it was erased. */
  result(request: Request): Promise<LoginResult | "none" | "forgotten">;
  /** The result of the signature of this request's cookie; `none`, or `forgotten` if it was erased. */
  signing(request: Request): Promise<KeptSigning | "none" | "forgotten">;
}

/**
 * Creates the relying party from the settings. `onError` renders the page of an error.
 *
 * @param sample the document that the site offers for signing
 * @throws HonninError `options-invalid`, `client-key-invalid`, `decryption-key-invalid`
 */
export function makeSite(env: Env, sample: ServerDocument, onError: OnError): Site {
  const environment = environmentOf(env);
  const service = serviceOf(env);
  const logins = keeper<LoginResult>(env.KEPT);
  const signings = keeper<KeptSigning>(env.KEPT);
  const cookie = signedCookie(env.SITE_ORIGIN.startsWith("https:"), resultLifetime);
  const trust = trustOf(env, service);
  const signing = signingOptions(env, trust, signings, cookie, sample);
  /** Deletes the results that this browser could see, except a signature of the current user. */
  const forget = async (session: Session | undefined, request: Request, sub?: string) => {
    const login = resultId(session);
    if (login !== undefined) await logins.forget(login);
    const signature = cookie.read(request);
    if (signature === undefined) return;
    const kept = sub === undefined ? undefined : await signings.get(signature);
    if (kept === undefined || kept.sub !== sub) await signings.forget(signature);
  };
  const handler = relyingParty({
    environment,
    allowEmulator: service === "emulator",
    clientId: env.CLIENT_ID,
    clientKey: readJwk("CLIENT_KEY", env.CLIENT_KEY, "client-key-invalid"),
    redirectUri: env.SITE_ORIGIN + authPaths.callback,
    scope: chosenScopes,
    cookieSecret: env.COOKIE_SECRET,
    sessionLifetime: resultLifetime,
    keys: remoteKeys(environment.jwksUri, { cache: keySetCache(env.SITE_ORIGIN) }),
    store: durableObjectStore(env.STORE),
    handoff: isSet(env.HANDOFF_CODE_LIFETIME) ? { codeLifetime: Number(env.HANDOFF_CODE_LIFETIME) } : true,
    signing,
    async onLogin(login, request) {
      await forget(await handler.session(request), request, login.sub);
      const id = await logins.put(toKeep(login, environment));
      // A plain link to the login has no return address.
      const { returnTo, language } = login;
      return { sessionData: { result: id }, returnTo: returnTo === "/" ? paths.result[language] : returnTo };
    },
    onLogout: (session, request) => forget(session, request),
    onError(error, request, answer) {
      // Neither contains personal data. The cause of an "internal-error" may.
      console.warn(`${answer.signing ? "signature" : "login"} refused: ${error.code} (${error.message})`);
      return onError(error, request, answer);
    },
  });
  return {
    service,
    loginOrigin: new URL(environment.authorizationEndpoint).origin,
    handler,
    trust,
    signs: signing !== undefined,
    async result(request) {
      const id = resultId(await handler.session(request));
      return id === undefined ? "none" : ((await logins.get(id)) ?? "forgotten");
    },
    async signing(request) {
      const id = cookie.read(request);
      return id === undefined ? "none" : ((await signings.get(id)) ?? "forgotten");
    },
  };
}

/** The signer, from the certificate in the package. Read only on request. */
export async function holderOf({ package: text }: KeptSigning): Promise<Holder | "unreadable"> {
  const { certificate } = await readSignedPackage(text);
  return readHolder(certificate).catch(() => "unreadable" as const);
}

/** Only the data that the result page shows, without the tokens. */
function toKeep(login: Login, environment: Environment): LoginResult {
  const { sub, claims, user, report, requestedScopes, grantedScopes } = login;
  return {
    sub,
    issuer: environment.issuer,
    requestedScopes,
    grantedScopes,
    ...(user && { user }),
    claims,
    report,
  };
}

/** The handler encrypted the session cookie, so the ID in it is valid. */
function resultId(session: Session | undefined): string | undefined {
  const data = session?.data;
  if (typeof data !== "object" || data === null || !("result" in data)) return undefined;
  return typeof data.result === "string" ? data.result : undefined;
}
