import type { ServiceKind } from "@honnin/site";
import { type Environment, emulatorAt, environments, HonninError, type HonninErrorCode } from "honnin/launch";
import type { PrivateJwk } from "honnin/relying-party";
import type { HonninStore } from "honnin/relying-party/cloudflare";
import { checkSettings, isSet, type Settings } from "./check-settings.ts";
import type { Kept } from "./kept.ts";

export interface Env extends Settings {
  /** Results of logins and signatures, for their pages. */
  readonly KEPT: DurableObjectNamespace<Kept>;
  /** What the handler stores. */
  readonly STORE: DurableObjectNamespace<HonninStore>;
}

/** @throws HonninError `options-invalid` for what {@link checkSettings} refuses */
export function environmentOf(env: Settings): Environment {
  checkSettings(env);
  const { ENVIRONMENT_ORIGIN: origin, ENVIRONMENT: name } = env;
  return isSet(origin) ? emulatorAt(origin) : environments[name === "production" ? name : "sandbox"];
}

/** The kind of service that this site is connected to, for its pages. */
export function serviceOf({ ENVIRONMENT_ORIGIN: origin, ENVIRONMENT: name }: Settings): ServiceKind {
  if (isSet(origin)) return "emulator";
  return name === "sandbox" ? name : "production";
}

/** @throws HonninError with this code */
export function readJwk(name: string, text: string, code: HonninErrorCode): PrivateJwk {
  try {
    return JSON.parse(text);
  } catch {
    // No cause: the message of a SyntaxError quotes the text.
    throw new HonninError(code, `${name} is not the JSON text of a JWK.`);
  }
}
