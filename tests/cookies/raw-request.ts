import { once } from "node:events";
import { connect } from "node:net";

/** The answer to a request whose header bytes go out exactly as given. */
export interface RawResponse {
  readonly status: number;
  readonly body: string;
}

/** Sends `GET path` with this `Cookie` header, byte by byte. */
export async function sendCookieBytes(
  { hostname, port }: { hostname: string; port: number },
  host: string,
  path: string,
  cookie: Buffer,
): Promise<RawResponse> {
  const socket = connect(port, hostname);
  socket.setTimeout(10_000, () => socket.destroy(new Error("no answer within 10 s")));
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nCookie: `);
  socket.write(cookie);
  socket.write("\r\n\r\n");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(socket, "close");
  const text = Buffer.concat(chunks).toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), body: text.slice(end + 4) };
}
