import type { HandoffRules } from "../handoff/rules.js";
import { invalid, readWhole, refuseUnknown } from "../option-checks.js";
import type { Store } from "../storage/store.js";
import { readClientOptions } from "./client-options.js";
import type { HandoffOptions } from "./options.js";

const known: Readonly<Record<keyof HandoffOptions, true>> = {
  operator: true,
  lifetime: true,
  codeLifetime: true,
  numberLifetime: true,
  claimLifetime: true,
  tries: true,
  pollInterval: true,
  clientOf: true,
  limits: true,
};

/** @throws HonninError `options-invalid` */
export function readHandoffOptions(
  handoff: true | HandoffOptions,
  store: Store | undefined,
): Pick<HandoffRules, "store" | "operator" | "steps" | "clients" | "pollInterval"> {
  const options = handoff === true ? {} : handoff;
  if (typeof options !== "object" || options === null) throw invalid("handoff", "be true or an object");
  refuseUnknown(options, known, "handoff.");
  if (store === undefined)
    throw invalid("store", "be set if handoff is set. For a single instance, use memoryStore()");
  const { operator } = options;
  if (operator !== undefined && !(typeof operator === "string" && /^[^\p{C}]{1,100}$/u.test(operator)))
    throw invalid("handoff.operator", "be 1 to 100 visible characters");
  const read = (
    name: Exclude<keyof HandoffOptions, "operator" | "clientOf" | "limits">,
    least: number,
    most: number,
  ) => readWhole(`handoff.${name}`, options[name], [least, most]);
  const lifetime = read("lifetime", 60, 900) ?? 600;
  return {
    store,
    operator,
    steps: {
      lifetime,
      codeLifetime: read("codeLifetime", 30, lifetime) ?? Math.min(300, lifetime),
      numberLifetime: read("numberLifetime", 30, lifetime) ?? Math.min(180, lifetime),
      claimLifetime: read("claimLifetime", 10, 120) ?? 120,
      tries: read("tries", 1, 5) ?? 5,
    },
    clients: readClientOptions("handoff", options),
    pollInterval: read("pollInterval", 1, 10) ?? 1,
  };
}
