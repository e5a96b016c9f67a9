import { launchCodes, networkCodes, relyingPartyCodes, runtimeCodes, verifierCodes } from "../error-codes.js";

const codes: readonly unknown[] = [
  ...verifierCodes,
  ...runtimeCodes,
  ...networkCodes,
  ...launchCodes,
  ...relyingPartyCodes,
];

/** Whether the value is the code of a `HonninError`. */
export function isErrorCode(value: unknown): boolean {
  return codes.includes(value);
}
