import { randomBytes } from "node:crypto";
import type { EventEmitter } from "node:events";
import type { Configuration, KoaContextWithOIDC } from "oidc-provider";
import { memoryAdapter } from "./adapter.js";
import { ATTEMPT_SECONDS } from "./attempts.js";
import { EmulatorError } from "./errors.js";
import { renderOAuthError } from "./pages/error.js";
import { basicItems } from "./people.js";
import { type Realm, sessionCookie } from "./realm.js";
import { rewriteResponses } from "./responses.js";
import { clientAlgorithms } from "./types.js";

export type Provider = import("oidc-provider").default;
export type Library = typeof import("oidc-provider");

const protocolPath = "/protocol/openid-connect";
const scopes = ["openid", ...basicItems, "sign"];
const TOKEN_SECONDS = 5 * 60;
const REFRESH_SECONDS = 30 * 60;

/** Parameters of OAuth and OIDC that the API reference of the service does not list. They are refused, so that no client depends on them. */
const unsupportedParameters = [
  ...["prompt", "display", "max_age", "ui_locales", "claims_locales", "id_token_hint", "login_hint"],
  ...["response_mode", "claims", "registration", "request", "request_uri", "resource", "dpop_jkt"],
];

/** The OP: oidc-provider, restricted to the known behaviour of the service. */
export function createProvider({ Provider, errors }: Library, realm: Realm, quiet: boolean): Provider {
  const { InvalidRequest, InvalidScope, InvalidClientAuth, CustomOIDCProviderError } = errors;

  const requireText = (ctx: KoaContextWithOIDC, name: string): void => {
    const value = ctx.oidc.params?.[name];
    if (typeof value !== "string" || !/^[\x20-\x7E]{1,255}$/.test(value)) {
      throw new InvalidRequest(`${name} must be given, 1 to 255 characters of ASCII`);
    }
  };
  /** The rules of the API reference that oidc-provider does not check itself. Runs before the interaction. */
  const checkAuthorizationRequest = (
    ctx: KoaContextWithOIDC,
    signTransactionId: string | undefined,
  ): void => {
    const unsupported = unsupportedParameters.find((name) => ctx.query[name] !== undefined);
    if (unsupported !== undefined) throw new InvalidRequest(`${unsupported} is not supported`);
    requireText(ctx, "state");
    requireText(ctx, "nonce");
    // The scopes as sent: oidc-provider continues with the known scopes only.
    const asked = String(ctx.query.scope).split(" ");
    const unknown = asked.find((scope) => !scopes.includes(scope));
    if (unknown !== undefined) throw new InvalidScope("a requested scope is unknown", unknown);
    // A guess: the API reference calls sign_transaction_id optional; what `sign` means without it is not public.
    if (asked.includes("sign") !== (signTransactionId !== undefined)) {
      throw new InvalidRequest("sign_transaction_id and the scope sign need each other");
    }
    try {
      realm.answers.fromQuery(ctx.query);
    } catch (error) {
      throw error instanceof EmulatorError ? new InvalidRequest(error.message) : error;
    }
    if (signTransactionId === undefined) return;
    const { transactions } = realm.signing;
    const transaction = transactions.find(ctx.oidc.client?.clientId ?? "", signTransactionId);
    if (transaction === undefined) {
      throw new InvalidRequest("sign_transaction_id must be a transaction of this client");
    }
    // A signed transaction may be requested again, because its result may not be fetched yet.
    if (transactions.state(transaction) !== "live") {
      throw new CustomOIDCProviderError("transaction_expired", "the signature's transaction is over");
    }
  };

  const configuration: Configuration = {
    adapter: memoryAdapter(realm.clients),
    // oidc-provider signs first, `rewriteResponses` signs what is sent: only the key's type matters here.
    jwks: { keys: [realm.keys.ec.privateKey.export({ format: "jwk" }) as Record<string, string>] },
    routes: {
      authorization: `${protocolPath}/auth`,
      token: `${protocolPath}/token`,
      userinfo: `${protocolPath}/userinfo`,
      jwks: `${protocolPath}/certs`,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
    },
    responseTypes: ["code"],
    scopes,
    claims: { openid: ["sub"], ...Object.fromEntries(basicItems.map((item) => [item, [item]])) },
    extraParams: { sign_transaction_id: checkAuthorizationRequest },
    clientAuthMethods: ["private_key_jwt"],
    enabledJWA: { clientAuthSigningAlgValues: [...clientAlgorithms] },
    assertJwtClientAuthClaimsAndHeader: (ctx, { aud }) => {
      const endpoint = ctx.oidc.urlFor("token");
      if (aud !== endpoint && !(Array.isArray(aud) && aud.includes(endpoint))) {
        throw new InvalidClientAuth("aud must be the token endpoint");
      }
    },
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: () => true },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    expiresWithSession: async () => false,
    ttl: {
      AccessToken: TOKEN_SECONDS,
      ClientCredentials: TOKEN_SECONDS,
      IdToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      RefreshToken: REFRESH_SECONDS,
      Grant: REFRESH_SECONDS + ATTEMPT_SECONDS,
      Interaction: ATTEMPT_SECONDS,
      Session: ATTEMPT_SECONDS,
    },
    cookies: {
      names: { session: sessionCookie, interaction: "emulator_interaction", resume: "emulator_resume" },
      keys: [randomBytes(32)],
    },
    interactions: {
      url: (ctx, interaction) => {
        const { client, params } = ctx.oidc;
        const clientId = client?.clientId ?? "";
        const attempt = realm.attempts.begin(interaction.uid, {
          clientId,
          clientName: client?.clientName ?? "",
          scopes: [...ctx.oidc.requestParamScopes],
          signTransactionId:
            typeof params?.sign_transaction_id === "string" ? params.sign_transaction_id : undefined,
          acr: typeof params?.acr_values === "string" ? params.acr_values.split(" ")[0] : undefined,
        });
        const answer = realm.answers.fromQuery(ctx.query) ?? realm.answers.take(clientId);
        if (answer !== undefined) attempt.answer = answer;
        return `/authenticate/${interaction.uid}`;
      },
    },
    findAccount: async (ctx, subject) => {
      const person = realm.people.ofSubject(ctx.oidc.client?.clientId ?? "", subject);
      if (person === undefined) return undefined;
      return {
        accountId: subject,
        claims: async () => ({
          sub: subject,
          ...Object.fromEntries(basicItems.flatMap((item) => (person[item] ? [[item, person[item]]] : []))),
        }),
      };
    },
    renderError: renderOAuthError,
  };

  const provider = new Provider(realm.issuer, configuration);
  // Behind a TLS-terminating proxy the cookies must be Secure as the browser sees it; the router says so in the header.
  provider.proxy = realm.origin.startsWith("https:");
  const report = (error: Error): void => {
    if (!quiet) process.stderr.write(`emulator: ${error.stack ?? error.message}\n`);
  };
  (provider as EventEmitter).on("error", report);
  provider.on("server_error", (_ctx, error: Error) => report(error));
  for (const event of ["authorization.error", "grant.error", "userinfo.error"] as const) {
    (provider as EventEmitter).on(event, (ctx: KoaContextWithOIDC, error: Error) => {
      const {
        error: code,
        error_description: description,
        error_detail: detail,
      } = error as unknown as Record<string, unknown>;
      ctx.state.refusal = { error: code, reason: detail ?? description };
    });
  }
  provider.use(rewriteResponses(realm));
  return provider;
}

let library: Promise<Library> | undefined;

/** Loaded once, for all emulators of this process. */
export function loadLibrary(): Promise<Library> {
  library ??= load();
  return library;
}

/**
 * The library warns on import with every Node before 22, but it works with 20 (see the tests). The warning would only confuse
 * users at the first start.
 */
async function load(): Promise<Library> {
  const { warn } = console;
  console.warn = (...args: unknown[]) => {
    if (!String(args[0]).includes("Unsupported runtime")) warn(...args);
  };
  try {
    return await import("oidc-provider");
  } finally {
    console.warn = warn;
  }
}
