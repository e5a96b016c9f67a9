import { type Environment, isEmulatorIssuer } from "../../launch/environments.js";
import { isThisMachine, secureUrl } from "../../secure-url.js";
import { invalid } from "../option-checks.js";

const endpoints = [
  "issuer",
  "authorizationEndpoint",
  "tokenEndpoint",
  "userinfoEndpoint",
  "jwksUri",
] as const;

/**
 * Whether the environment is one that this site may believe. An emulator lets everybody be anybody: it is taken only where that was
 * asked for, and so is a service on this machine or over plain http for a site that others reach.
 *
 * @throws HonninError `options-invalid`
 */
export function readEnvironment(
  environment: Environment,
  { site, signs, allowEmulator }: { site: URL; signs: boolean; allowEmulator: boolean },
): Environment {
  if (typeof environment !== "object" || environment === null) {
    throw invalid("environment", "be environments.production, environments.sandbox or environmentAt(…)");
  }
  if (!allowEmulator && isEmulatorIssuer(environment.issuer)) {
    throw invalid("environment", "not be an emulator unless allowEmulator is true. Never use an emulator in production");
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
