import type { ServiceKind } from "@honnin/site";
import { HonninError, type HonninErrorCode } from "honnin";
import { type Environment, emulatorAt, environments } from "honnin/launch";
import type { PrivateJwk } from "honnin/relying-party";
import type { Kept } from "./kept.ts";

export interface Env {
  /** An emulator's origin; without it, `ENVIRONMENT` names one of the service's own environments. */
  readonly ENVIRONMENT_ORIGIN?: string;
  readonly ENVIRONMENT?: "production" | "sandbox";
  readonly CLIENT_ID: string;
  /** The client's private key: the text of a JWK. */
  readonly CLIENT_KEY: string;
  readonly COOKIE_SECRET: string;
  /** This site's origin, as registered in the redirect URI. */
  readonly SITE_ORIGIN: string;
  /** The private key that opens results of signatures: the text of a JWK. Without it, nothing can be signed here. */
  readonly DECRYPTION_KEY?: string;
  /** The certificates of the 署名用 authorities, in PEM. Without them, nothing can be signed or verified here. */
  readonly JPKI_ANCHORS?: string;
  /** Where revocation can be asked for. Without it, it is not checked, and pages say so. */
  readonly OCSP_URL?: string;
  readonly KEPT: DurableObjectNamespace<Kept>;
}

export function environmentOf({ ENVIRONMENT_ORIGIN: origin, ENVIRONMENT: name }: Env): Environment {
  if (origin !== undefined) return emulatorAt(origin);
  if (name === "production" || name === "sandbox") return environments[name];
  throw new HonninError("options-invalid", "ENVIRONMENT must be production or sandbox.");
}

/** What pages say that this site is connected to. */
export function serviceOf({ ENVIRONMENT_ORIGIN: origin, ENVIRONMENT: name }: Env): ServiceKind {
  if (origin !== undefined) return "emulator";
  return name === "sandbox" ? name : "production";
}

/** @throws HonninError with this code */
export function readJwk(name: string, text: string, code: HonninErrorCode): PrivateJwk {
  try {
    return JSON.parse(text);
  } catch {
    // Not passed on: the message of a SyntaxError quotes the text.
    throw new HonninError(code, `${name} is not the text of a JWK.`);
  }
}
