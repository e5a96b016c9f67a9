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
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    // workerd keeps the connection for seconds, whatever it was asked.
    if (isWhole(text)) socket.end();
  });
  await once(socket, "close");
  const end = text.indexOf("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), body: text.slice(end + 4) };
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text.slice(0, end + 2))?.[1];
  return length === undefined ? text.endsWith("\r\n0\r\n\r\n") : text.length - end - 4 >= Number(length);
}
