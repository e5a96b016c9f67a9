import { invalid } from "../option-checks.js";
import type { MayStart, SigningOptions } from "../signing-hooks.js";
import { type ClientRules, readClientOptions } from "./client-options.js";

/** Who may start signatures, and how many. */
export interface StartRules extends ClientRules {
  readonly mayStart: MayStart | "anyone";
  readonly sameSubject: boolean;
}

/** @throws HonninError `options-invalid` */
export function readStartOptions({ mayStart, sameSubject, clientOf, limits }: SigningOptions): StartRules {
  if (mayStart !== "anyone" && typeof mayStart !== "function") {
    throw invalid("signing.mayStart", 'be a function that decides who may start a signature, or "anyone"');
  }
  if (sameSubject !== undefined && typeof sameSubject !== "boolean") {
    throw invalid("signing.sameSubject", "be true or false");
  }
  if (sameSubject === true && mayStart === "anyone") {
    throw invalid(
      "signing.sameSubject",
      'not be true if mayStart is "anyone": without a login there is no user to compare the signer with',
    );
  }
  return {
    mayStart,
    sameSubject: sameSubject === true,
    ...readClientOptions("signing", { clientOf, limits }),
  };
}
