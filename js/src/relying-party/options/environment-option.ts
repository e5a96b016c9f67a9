import { type Environment, isEmulatorIssuer } from "../../launch/environments.js";
import { isThisMachine, secureUrl } from "../../secure-url.js";
import { isObject } from "../../strict-json.js";
import { invalid } from "../option-checks.js";

const endpoints = [
  "issuer",
  "authorizationEndpoint",
  "tokenEndpoint",
  "userinfoEndpoint",
  "jwksUri",
] as const;

/**
 * Checks that the site may trust the environment. In an emulator, anyone can log in as anyone, so it needs `allowEmulator`. The same
 * applies to a service on this machine or over http, if the site uses https.
 *
 * @throws HonninError `options-invalid`
 */
export function readEnvironment(
  given: Environment,
  { site, signs, allowEmulator }: { site: URL; signs: boolean; allowEmulator: boolean },
): Environment {
  if (!isObject(given)) {
    throw invalid("environment", "be environments.production, environments.sandbox or environmentAt(…)");
  }
  // What is used is what was checked, whatever becomes of the caller's object, which may have getters.
  const { name, signTransactionsEndpoint } = given;
  const { issuer, authorizationEndpoint, tokenEndpoint, userinfoEndpoint, jwksUri } = given;
  const environment = {
    name,
    issuer,
    authorizationEndpoint,
    tokenEndpoint,
    userinfoEndpoint,
    jwksUri,
    signTransactionsEndpoint,
  };
  if (!allowEmulator && isEmulatorIssuer(environment.issuer)) {
    throw invalid(
      "environment",
      "not be an emulator unless allowEmulator is true. Never use an emulator in production",
    );
  }
  for (const name of [...endpoints, ...(signs ? (["signTransactionsEndpoint"] as const) : [])]) {
    const url = secureUrl(environment[name], `environment.${name}`);
    const isLocal = isThisMachine(url) || url.protocol !== "https:";
    if (isLocal && site.protocol === "https:" && !allowEmulator) {
      throw invalid(
        `environment.${name}`,
        "be an https URL that is not on this machine, because redirectUri uses https. For development, set allowEmulator to true",
      );
    }
  }
  return environment;
}
