import type { Algorithm, JwkSet, KeySource } from "honnin";
import type { Environment } from "../../launch/environments.js";
import { secureUrl } from "../../secure-url.js";
import { isObject } from "../../strict-json.js";
import type { Paths } from "../http/site.js";
import { invalid } from "../option-checks.js";
import { basicItemScopes } from "../service/basic-items.js";
import type { RelyingPartyOptions } from "./options.js";

// Each function reads one option, or a few related options, and throws `options-invalid` for an invalid value.

export function readFlag(name: string, value: unknown): boolean {
  if (value !== undefined && typeof value !== "boolean") throw invalid(name, "be true or false");
  return value === true;
}

const algorithms: readonly unknown[] = ["ES256", "ES384", "RS256", "PS256"] satisfies Algorithm[];

export function readAlgorithms(value: readonly Algorithm[] | undefined): readonly Algorithm[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length === 0 || !value.every((name) => algorithms.includes(name))) {
    throw invalid("idTokenAlgorithms", `be an array of values from ${algorithms.join(", ")}`);
  }
  return [...value];
}

export function readAudience(value: unknown, { tokenEndpoint, issuer }: Environment): string {
  if (value === undefined || value === "token-endpoint") return tokenEndpoint;
  if (value === "issuer") return issuer;
  throw invalid("clientAssertionAudience", "be token-endpoint or issuer");
}

export function readRedirectUri(value: string): URL {
  if (typeof value !== "string" || !/^[\x21-\x7e]{1,255}$/.test(value)) {
    throw invalid("redirectUri", "be an absolute URL of 1 to 255 ASCII characters");
  }
  const url = secureUrl(value, "redirectUri");
  if (/[?#]/.test(value)) throw invalid("redirectUri", "have no query and no fragment");
  return url;
}

export function readPaths(
  redirectUri: URL,
  { signs, hands }: { readonly signs: boolean; readonly hands: boolean },
): Paths {
  const callback = redirectUri.pathname;
  const directory = callback.slice(0, callback.lastIndexOf("/") + 1);
  const paths = {
    login: `${directory}login`,
    callback,
    logout: `${directory}logout`,
    ...(signs ? { sign: `${directory}sign`, signResume: `${directory}sign/resume` } : {}),
    ...(hands ? { handoff: `${directory}handoff` } : {}),
  };
  if (new Set(Object.values(paths)).size < Object.keys(paths).length) {
    throw invalid("redirectUri", "not end with the name of another route, such as /login or /logout");
  }
  return paths;
}

function words(name: string, value: unknown): string[] {
  const list: unknown = typeof value === "string" ? value.split(" ").filter((word) => word !== "") : value;
  if (!Array.isArray(list) || !list.every((word) => typeof word === "string")) {
    throw invalid(name, "be an array of strings or a space-separated string");
  }
  return [...new Set<string>(list)];
}

/** The scopes to request, and the scopes that a login requires. */
export interface ScopeRules {
  scopes(request: Request): readonly string[];
  readonly requiredScopes: readonly string[];
}

/** The requested values of `acr`, and the accepted ones. */
export interface AcrRules {
  readonly acrValues: readonly string[] | undefined;
  readonly requiredAcrValues: readonly string[] | "not-checked" | undefined;
}

function readScopes(value: readonly string[] | string): string[] {
  const scopes = words("scope", value);
  const possible: readonly string[] = ["openid", ...basicItemScopes];
  if (!scopes.includes("openid") || !scopes.every((scope) => possible.includes(scope))) {
    throw invalid("scope", `contain openid and only values from ${possible.join(", ")}`);
  }
  return scopes;
}

export function readScopeOptions(
  scope: NonNullable<RelyingPartyOptions["scope"]>,
  requiredScopes: unknown,
): ScopeRules {
  const required = words("requiredScopes", requiredScopes ?? []);
  const read = (value: readonly string[] | string) => {
    const scopes = readScopes(value);
    if (required.every((name) => scopes.includes(name))) return scopes;
    throw invalid("requiredScopes", "be a subset of scope");
  };
  if (typeof scope === "function")
    return { scopes: (request) => read(scope(request)), requiredScopes: required };
  const scopes = read(scope);
  return { scopes: () => scopes, requiredScopes: required };
}

/** Requested values must be checked, or the check must be turned off explicitly. */
export function readAcrOptions({ acrValues, requiredAcrValues }: RelyingPartyOptions): AcrRules {
  const asked = readAcrValues("acrValues", acrValues);
  const required =
    requiredAcrValues === "not-checked"
      ? requiredAcrValues
      : readAcrValues("requiredAcrValues", requiredAcrValues);
  if (asked !== undefined && required === undefined) {
    throw invalid("requiredAcrValues", 'be set if acrValues is set: to a list, or to "not-checked"');
  }
  return { acrValues: asked, requiredAcrValues: required };
}

function readAcrValues(name: string, value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const values = words(name, value);
  if (values.length === 0) throw invalid(name, "not be empty");
  if (!/^[\x20-\x7e]{1,255}$/.test(values.join(" ")))
    throw invalid(name, "be 1 to 255 printable ASCII characters");
  return values;
}

/** Checks the form only. The keys are checked when they are used. */
export function readKeys(value: unknown): KeySource | JwkSet | string | undefined {
  if (value === undefined) return undefined;
  const rule = "be remoteKeys(…), a JWK Set or its JSON text";
  let keys = value;
  if (typeof value === "string") {
    try {
      keys = JSON.parse(value);
    } catch {
      throw invalid("keys", rule);
    }
  }
  if (!isObject(keys)) throw invalid("keys", rule);
  const { keys: list, get, refresh } = keys;
  const isSource = typeof get === "function" && typeof refresh === "function";
  if (!isSource && !Array.isArray(list)) throw invalid("keys", rule);
  return value as KeySource | JwkSet | string;
}

export function readTimeout(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !(value > 0 && value <= 60)) {
    throw invalid("timeout", "be more than 0 and at most 60 seconds");
  }
  return value;
}
