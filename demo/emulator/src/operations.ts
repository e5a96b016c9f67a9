import { EmulatorError } from "./errors.js";
import type { Realm } from "./realm.js";
import { type Fault, type FaultyEndpoint, faults, faultyEndpoints, type Mode, modes } from "./types.js";

/** Operations while the emulator runs, for code, the control API and the home page. */
export function setMode(realm: Realm, mode: unknown): void {
  realm.mode = checkMode(mode);
}

/** @throws EmulatorError `mode-unknown` */
export function checkMode(mode: unknown): Mode {
  const known = modes.find((name) => name === mode);
  if (known === undefined) throw new EmulatorError("mode-unknown", `The mode must be ${modes.join(" or ")}.`);
  return known;
}

/** @throws EmulatorError `endpoint-unknown`, `fault-unknown` */
export function setFault(realm: Realm, endpoint: unknown, fault: unknown): void {
  const [knownEndpoint, knownFault] = checkFault(endpoint, fault);
  realm.faults[knownEndpoint] = knownFault;
}

/** @throws EmulatorError `endpoint-unknown`, `fault-unknown` */
export function checkFault(endpoint: unknown, fault: unknown): [FaultyEndpoint, Fault] {
  const knownEndpoint = faultyEndpoints.find((name) => name === endpoint);
  if (knownEndpoint === undefined) {
    throw new EmulatorError("endpoint-unknown", `The endpoint must be ${faultyEndpoints.join(", ")}.`);
  }
  const knownFault = faults.find((name) => name === fault);
  if (knownFault === undefined || (knownFault === "private-key" && knownEndpoint !== "jwks")) {
    throw new EmulatorError(
      "fault-unknown",
      `The fault must be ${faults.join(", ")}; private-key for jwks only.`,
    );
  }
  return [knownEndpoint, knownFault];
}
