import { createServer } from "node:http";
import { isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { AttemptStore } from "./attempts.js";
import { BoundedMap } from "./bounded-map.js";
import { ClientRegistry } from "./clients.js";
import { EmulatorError } from "./errors.js";
import { RealmKeys } from "./keys.js";
import { setFault, setMode } from "./operations.js";
import { createProvider, loadLibrary } from "./provider.js";
import { endpoints, type Realm, realmPath } from "./realm.js";
import { createRouter } from "./router.js";
import type { Client, Fault, FaultyEndpoint, Mode, RequestCounters } from "./types.js";

export { EmulatorError, type EmulatorErrorCode } from "./errors.js";
export { misbehaviours } from "./misbehaviours.js";
export { type Person, pairwiseSubject, people } from "./people.js";
export type { Client, ClientAlgorithm, Fault, FaultyEndpoint, Mode, RequestCounters } from "./types.js";

export interface EmulatorOptions {
  /** Address to listen on; default `127.0.0.1`. Another one lets the machines of the network in. */
  readonly host?: string;
  /** Default 0: the system chooses. */
  readonly port?: number;
  /** As browsers reach it, where that differs (a tunnel, a proxy): scheme, host and port. */
  readonly publicOrigin?: string;
  readonly clients?: readonly Client[];
  /** Default `app`. */
  readonly mode?: Mode;
  /** Says nothing of its own failures on the terminal. */
  readonly quiet?: boolean;
  /** The time in milliseconds, for the QR code's and the attempts' life; default `Date.now`. */
  readonly now?: () => number;
}

export interface Emulator {
  /** As browsers reach it. */
  readonly origin: string;
  /** The port it listens on. */
  readonly port: number;
  /** `origin` + `/api/realms/main`, exactly the `iss` of ID tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
  /** Requests answered so far, by endpoint; live. */
  readonly requests: Readonly<RequestCounters>;
  /** @throws EmulatorError */
  addClient(client: Client): void;
  setMode(mode: Mode): void;
  /** For every request until it is set to `none`. */
  setFault(endpoint: FaultyEndpoint, fault: Fault): void;
  /** A new ES256 key signs at once. The old one stays in the JWK Set unless `keepOld` is false. Returns the new `kid`. */
  rotateKeys(options?: { readonly keepOld?: boolean }): string;
  close(): Promise<void>;
}

/** Starts the service and the phone's app on one port. @throws EmulatorError, or what listening fails with */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = "127.0.0.1", port = 0, mode = "app", quiet = false, now = Date.now } = options;
  const clients = new ClientRegistry();
  for (const client of options.clients ?? []) clients.add(client);
  const publicOrigin = options.publicOrigin === undefined ? undefined : checkOrigin(options.publicOrigin);

  const [keys, library] = await Promise.all([RealmKeys.generate(), loadLibrary()]);
  const server = await listen(host, port);
  const origin = publicOrigin ?? originOf(host, portOf(server));
  const realm: Realm = {
    origin,
    issuer: origin + realmPath,
    clients,
    keys,
    attempts: new AttemptStore(now),
    orders: new BoundedMap(10_000),
    faults: { jwks: "none", token: "none", userinfo: "none" },
    requests: { discovery: 0, authorization: 0, token: 0, userinfo: 0, jwks: 0 },
    mode: "app",
  };
  try {
    setMode(realm, mode);
    server.on("request", createRouter(realm, createProvider(library, realm, quiet), quiet));
  } catch (error) {
    server.close();
    throw error;
  }

  return {
    origin,
    port: portOf(server),
    issuer: realm.issuer,
    jwksUri: endpoints(realm.issuer).jwksUri,
    requests: realm.requests,
    addClient: (client) => void clients.add(client),
    setMode: (value) => setMode(realm, value),
    setFault: (endpoint, fault) => setFault(realm, endpoint, fault),
    rotateKeys: ({ keepOld = true } = {}) => keys.rotate(keepOld),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Server = ReturnType<typeof createServer>;

async function listen(host: string, port: number): Promise<Server> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The address that others can use; for "all addresses" the first one of the network. */
function originOf(host: string, port: number): string {
  const all = host === "0.0.0.0" || host === "::";
  const lan = Object.values(networkInterfaces())
    .flat()
    .find((address) => address !== undefined && !address.internal && address.family === "IPv4")?.address;
  const name = all ? (lan ?? "127.0.0.1") : host;
  return `http://${isIP(name) !== 0 && isIPv6(name) ? `[${name}]` : name}:${port}`;
}

function checkOrigin(origin: string): string {
  let url: URL | undefined;
  try {
    url = new URL(origin);
  } catch {}
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
    throw new EmulatorError(
      "origin-invalid",
      "The public origin is scheme, host and port, such as https://op.example.",
    );
  }
  return url.origin;
}
