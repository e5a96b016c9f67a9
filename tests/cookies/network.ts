// What lies between the browser and the sites: TLS for every host, bytes passed on as they come, and a host of the attacker's.
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { certificatePem, createSyntheticJpki, samplePerson } from "@honnin/synthetic-jpki";

/** A sibling of the sites: everything below `victim.test` is one site to a browser. */
export const attackersHost = "evil.victim.test";

export interface Network {
  /** For Chromium: where the hosts are. */
  readonly resolverRules: string;
  /** The `Cookie` headers that browsers sent to the sites since the last call, each character a byte. */
  takeCookies(): string[];
  close(): Promise<void>;
}

/** @param sites where each host's server listens, without TLS */
export async function startNetwork(sites: ReadonlyMap<string, URL>): Promise<Network> {
  let sent = "";
  const attacker = createServer(answerAttacker);
  const front = createTlsServer(await certificate(), (socket) => {
    const { servername } = socket as TLSSocket & { servername?: string | false };
    if (servername === attackersHost) return answerAttacker(socket);
    const url = sites.get(String(servername));
    if (url === undefined) return void socket.destroy();
    const server = connect(Number(url.port), url.hostname);
    for (const [one, other] of [
      [socket, server],
      [server, socket],
    ] as const) {
      one.on("error", () => other.destroy());
      one.pipe(other);
    }
    socket.on("data", (chunk: Buffer) => {
      sent += chunk.toString("latin1");
    });
  });
  const [securePort, plainPort] = [await listen(front), await listen(attacker)];
  return {
    resolverRules: [
      `MAP *.victim.test:443 127.0.0.1:${securePort}`,
      `MAP ${attackersHost}:80 127.0.0.1:${plainPort}`,
    ].join(","),
    takeCookies() {
      const cookies = [...sent.matchAll(/\r\ncookie: ([^\r]*)(?=\r\n)/gi)].map(([, value = ""]) => value);
      sent = "";
      return cookies;
    },
    async close() {
      await Promise.all([front, attacker].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

/**
 * A page whose answer sets the cookies that its address says: `?set=` a header's bytes, in hexadecimal. By hand, since Node's own
 * server encodes headers as it encodes the body.
 */
function answerAttacker(socket: Socket): void {
  let request = "";
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    request += chunk.toString("latin1");
    if (!request.includes("\r\n\r\n")) return;
    const { searchParams } = new URL(request.split(" ")[1] ?? "/", `https://${attackersHost}`);
    const head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n";
    const cookies = searchParams
      .getAll("set")
      .map((hex) => `Set-Cookie: ${Buffer.from(hex, "hex").toString("latin1")}\r\n`);
    socket.end(`${head}${cookies.join("")}\r\n<!doctype html><title>Harmless</title>`, "latin1");
  });
}

/** Any certificate will do: the browser is told not to mind. */
async function certificate() {
  const jpki = await createSyntheticJpki({ seed: "cookies" });
  const { key, certificate } = await jpki.issueAuthCertificate(samplePerson);
  return {
    key: key.privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: certificatePem(certificate),
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
