import { asciiLowerCase } from "../../protocol-text.js";
import type { ClientOf } from "../hooks.js";
import { invalid, readWhole, refuseUnknown } from "../option-checks.js";

/** The options of whatever clients can start. */
interface ClientOptions {
  readonly clientOf?: ClientOf | undefined;
  readonly limits?:
    | { readonly perClient?: number | undefined; readonly anonymous?: number | undefined }
    | undefined;
}

/** How clients are told apart, and how often each may start something. */
export interface ClientRules {
  readonly clientOf: ClientOf | undefined;
  readonly limits: { readonly perClient: number; readonly anonymous: number };
}

/**
 * @param of the option that has both
 * @throws HonninError `options-invalid`
 */
export function readClientOptions(of: string, { clientOf, limits = {} }: ClientOptions): ClientRules {
  if (typeof limits !== "object" || limits === null) throw invalid(`${of}.limits`, "be an object");
  refuseUnknown(limits, { perClient: true, anonymous: true }, `${of}.limits.`);
  const read = (name: "perClient" | "anonymous") =>
    readWhole(`${of}.limits.${name}`, limits[name], [1, 1_000_000]);
  return {
    clientOf: readClientOf(`${of}.clientOf`, clientOf),
    limits: { perClient: read("perClient") ?? 20, anonymous: read("anonymous") ?? 1_000 },
  };
}

function readClientOf(name: string, clientOf: ClientOf | undefined): ClientOf | undefined {
  if (clientOf === undefined || typeof clientOf === "function") return clientOf;
  if (typeof clientOf !== "object" || clientOf === null) {
    throw invalid(name, "be a function, or an object that names the header set by your proxy");
  }
  refuseUnknown(clientOf, { header: true, proxies: true }, `${name}.`);
  const { header, proxies } = clientOf;
  if (typeof header !== "string" || !/^[0-9A-Za-z-]{1,64}$/.test(header)) {
    throw invalid(`${name}.header`, "be the name of a header");
  }
  // The elements of Forwarded are pairs (RFC 7239 §4), not addresses, so every client would be unidentified.
  if (asciiLowerCase(header) === "forwarded") {
    throw invalid(
      `${name}.header`,
      "be a header that contains only addresses. For Forwarded, give a function that parses it",
    );
  }
  return { header, proxies: readWhole(`${name}.proxies`, proxies, [1, 16]) ?? 1 };
}
