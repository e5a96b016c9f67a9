// One HTTP exchange with limits. Not `fetch`: it sets the Sec-Fetch headers of a script, and a login is a navigation.
import { type IncomingMessage, Agent as PlainConnections, request as plainRequest } from "node:http";
import { Agent as SecureConnections, request as secureRequest } from "node:https";
import { Trouble } from "./trouble.js";

export interface Request {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Response {
  readonly status: number;
  readonly location: string | undefined;
  readonly contentType: string;
  readonly setCookie: readonly string[];
  /** What was read of the body. */
  readonly text: string;
}

/** What a page may have at most. What comes after it is not read. */
const MAX_BODY_BYTES = 1024 * 1024;

// A connection for each exchange: a site that restarts closes the old ones.
const plain = new PlainConnections({ keepAlive: false });
const secure = new SecureConnections({ keepAlive: false });

/** @throws Trouble */
export function exchange({ method, url, headers, body }: Request, milliseconds: number): Promise<Response> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === "https:";
    const send = isSecure ? secureRequest : plainRequest;
    const outgoing = send(
      url,
      {
        method,
        agent: isSecure ? secure : plain,
        headers: { ...headers, ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }) },
      },
      (incoming) => {
        readText(incoming).then(
          (text) => {
            clearTimeout(timer);
            outgoing.destroy();
            resolve({
              status: incoming.statusCode ?? 0,
              location: incoming.headers.location,
              contentType: incoming.headers["content-type"] ?? "",
              setCookie: incoming.headers["set-cookie"] ?? [],
              text,
            });
          },
          (error: unknown) => fail(error),
        );
      },
    );
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(error instanceof Trouble ? error : new Trouble(kindOf(error), url));
    };
    // For the whole exchange: a site that sends one byte at a time gives no answer either.
    const timer = setTimeout(() => fail(new Trouble("no-answer", url)), milliseconds);
    outgoing.on("error", fail);
    outgoing.end(body);
  });
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString("utf8");
}

const unreachable = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"];

function kindOf(error: unknown): "unreachable" | "broken-off" {
  const { code, errors } = error as { code?: unknown; errors?: { code?: unknown }[] };
  // A name with several addresses fails with one error for each.
  const codes = [code, ...(errors ?? []).map((one) => one.code)];
  return codes.some((one) => unreachable.includes(String(one))) ? "unreachable" : "broken-off";
}
