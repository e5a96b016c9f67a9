import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { secureUrl } from "../../secure-url.js";
import { invalid, readWhole, refuseUnknown } from "../option-checks.js";

/** A request of a server of Node. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;
/** A response of a server of Node. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** Options of {@link toNodeHandler} and {@link toRequest}. */
export interface NodeOptions {
  /**
   * The origin under which browsers reach the site: that of `redirectUri`, such as `https://shop.example`. It is never taken from a header
   * (`Host`, `X-Forwarded-Proto`), which anybody can set, nor from the connection, which ends at a proxy.
   */
  readonly origin: string;
  /** The maximum size of the body of a request in bytes, up to 64 MiB. A longer one gets the status 413. Default 1,048,576 (1 MiB). */
  readonly maxBodyBytes?: number | undefined;
  /**
   * The name of a header that gets the address of the connection, and replaces what the client sent under this name. For `clientOf` of a
   * server that clients reach without a proxy. Default: no header.
   */
  readonly addressHeader?: string | undefined;
}

/** Checked options. */
export interface NodeRules {
  readonly origin: string;
  readonly maxBodyBytes: number;
  readonly addressHeader: string | undefined;
}

const known: Readonly<Record<keyof NodeOptions, true>> = {
  origin: true,
  maxBodyBytes: true,
  addressHeader: true,
};

/** @throws HonninError `options-invalid` */
export function readNodeOptions(options: NodeOptions): NodeRules {
  if (typeof options !== "object" || options === null) throw invalid("The second argument", "be an object");
  refuseUnknown(options, known);
  const url = secureUrl(options.origin, "origin");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    throw invalid("origin", "consist of scheme, host and port only, without a path");
  const { addressHeader } = options;
  if (
    addressHeader !== undefined &&
    (typeof addressHeader !== "string" || !/^[0-9A-Za-z-]{1,64}$/.test(addressHeader))
  )
    throw invalid("addressHeader", "be the name of a header");
  const maxBodyBytes = readWhole("maxBodyBytes", options.maxBodyBytes, [0, 67_108_864]) ?? 1_048_576;
  return { origin: url.origin, maxBodyBytes, addressHeader };
}
