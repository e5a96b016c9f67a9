import { createServer, type Server as HttpServer } from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { certificatePem, nextCardPolicies, organization } from "@honnin/synthetic-jpki";
import { AttemptStore } from "./attempts.js";
import { AutoAnswers, type NextAnswer } from "./auto-answers.js";
import { BoundedMap } from "./bounded-map.js";
import { ClientRegistry } from "./clients.js";
import { type ConfigChanges, changeConfig, type EmulatorConfig, readConfig } from "./config.js";
import { type KeyState, type KeyStep, RealmKeys } from "./keys.js";
import { setFault, setMode } from "./operations.js";
import { Operator } from "./operator.js";
import { checkHost, checkOrigin, directAt, reachableAt } from "./origin.js";
import { People } from "./people-registry.js";
import { createProvider, loadLibrary } from "./provider.js";
import { endpoints, type Realm, realmPath } from "./realm.js";
import { createRouter } from "./router.js";
import { Sent, type SentRequest } from "./sent.js";
import { Cards } from "./signing/cards.js";
import { checkLifetime, SIGN_TRANSACTION_SECONDS, SignTransactions } from "./signing/transactions.js";
import { type TlsFiles, tlsFor } from "./tls.js";
import type { Client, Fault, FaultyEndpoint, Mode, RequestCounters } from "./types.js";

export type { Answer, NextAnswer } from "./auto-answers.js";
export type { ConfigChanges, EmulatorConfig, OwnPerson } from "./config.js";
export { EmulatorError, type EmulatorErrorCode } from "./errors.js";
export type { KeyState, KeyStep } from "./keys.js";
export { misbehaviours } from "./misbehaviours.js";
export { type Person, pairwiseSubject, people } from "./people.js";
export type { SentRequest } from "./sent.js";
export { type CardKind, cardKinds } from "./signing/cards.js";
export type { SigningMisbehaviour } from "./signing/misbehaviours/kinds.js";
export { signingMisbehaviours } from "./signing/misbehaviours.js";
export type { TlsFiles } from "./tls.js";
export type {
  Client,
  ClientAlgorithm,
  Fault,
  FaultyEndpoint,
  Mode,
  RequestCounters,
  ResultEncryption,
} from "./types.js";

export interface EmulatorOptions {
  /** The address to listen on, or `localhost`; default `127.0.0.1`. With other addresses, other machines in the network have access. */
  readonly host?: string;
  /** Default 0: the system chooses. */
  readonly port?: number;
  /**
   * The origin that browsers use, if it differs (a tunnel, a proxy): scheme, host and port. A proxy may look like this machine,
   * so changing settings then requires the `controlToken`.
   */
  readonly publicOrigin?: string;
  /**
   * Default: http. `true`: https, with a certificate for the addresses of this machine that is made now, signs itself and is
   * valid for 30 days; or your own, in PEM.
   */
  readonly https?: true | TlsFiles;
  readonly clients?: readonly Client[];
  /** Default `app`. */
  readonly mode?: Mode;
  /** By endpoint; default none. */
  readonly faults?: ConfigChanges["faults"];
  /** Logins without pages, with this answer; default: a person decides on the pages. */
  readonly auto?: ConfigChanges["auto"];
  /** People of one's own, beside the fixed ones. */
  readonly people?: ConfigChanges["people"];
  /** Whether to hide internal errors on the terminal. */
  readonly quiet?: boolean;
  /** The lifetime of a signature transaction in whole seconds, 1 to 86,400; default 600. */
  readonly signTransactionSeconds?: number;
  /** The time in milliseconds, for the lifetimes of QR codes, attempts and transactions, and for CRLs and OCSP; default `Date.now`. */
  readonly now?: () => number;
}

export interface Emulator {
  /** As browsers reach it. */
  readonly origin: string;
  /** The port it listens on. */
  readonly port: number;
  /** `origin` + `/api/realms/honnin-emulator`, exactly the `iss` of ID tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
  readonly signTransactionsEndpoint: string;
  /**
   * For the control API, as `Authorization: Bearer`. `undefined` if this machine is trusted without it: if the emulator listens on
   * loopback and no proxy is configured.
   */
  readonly controlToken: string | undefined;
  /** Of https, in PEM, for what shall trust it. */
  readonly certificate: string | undefined;
  /** The synthetic JPKI of the cards. Its CAs stay the same for a year (UTC), also after restarts. */
  readonly jpki: {
    /** The certificates of the 署名用 CAs in PEM: two RSA generations, and that of next-generation cards. */
    readonly anchors: string;
    /** organizationName of the issuers. */
    readonly organization: string;
    /** The policy of the certificates of next-generation cards. */
    readonly nextCardPolicy: string;
  };
  /** Requests answered so far, by endpoint; live. */
  readonly requests: Readonly<RequestCounters>;
  /** The latest 200 requests of sites to the endpoints of OpenID Connect, the oldest first. */
  readonly sent: readonly SentRequest[];
  /** @throws EmulatorError */
  addClient(client: Client): void;
  setMode(mode: Mode): void;
  /** The settings now. */
  readonly config: EmulatorConfig;
  /** Changes all of these settings, or none. @throws EmulatorError */
  configure(changes: ConfigChanges): void;
  /** For every request until it is set to `none`. */
  setFault(endpoint: FaultyEndpoint, fault: Fault): void;
  /**
   * A URL with which one browser on this machine can change the settings on the home page. It works once. Needed only if there is a
   * `controlToken`.
   */
  newControlLink(): string;
  /** One step of a rotation as services do it; returns the keys by `kid`. @throws EmulatorError `key-step-invalid` */
  stepKeys(step: KeyStep): KeyState;
  /** Whether `nextLogin` would accept it. @throws EmulatorError `answer-invalid` */
  checkAnswer(answer: Partial<NextAnswer>): void;
  /** Orders the answer to the next authorization request, without pages. @throws EmulatorError `answer-invalid` */
  nextLogin(answer?: Partial<NextAnswer>): void;
  /** Replaces the ES256 key immediately. The old one stays in the JWK Set unless `keepOld` is false. Returns the new `kid`. */
  rotateKeys(options?: { readonly keepOld?: boolean }): string;
  close(): Promise<void>;
}

/** Starts the service and the phone's app on one port. @throws EmulatorError, or the error of listening */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { mode = "app", faults = {}, people: own = [], auto = null, quiet = false, now = Date.now } = options;
  const host = checkHost(options.host ?? "127.0.0.1");
  const clients = new ClientRegistry(options.clients);
  const people = new People();
  const answers = new AutoAnswers(people);
  const lifetime = checkLifetime(options.signTransactionSeconds ?? SIGN_TRANSACTION_SECONDS);
  const publicOrigin = options.publicOrigin === undefined ? undefined : checkOrigin(options.publicOrigin);

  const tls = options.https === undefined ? undefined : tlsFor(options.https, host, publicOrigin);

  const [keys, library, cards] = await Promise.all([
    RealmKeys.generate(),
    loadLibrary(),
    Cards.of(new Date(now()), people),
  ]);
  const anchors = certificatePem(...cards.authorities.map(({ certificate }) => certificate));
  const server = await listen(host, options.port ?? 0, tls);
  const { address, port } = addressOf(server);
  const scheme = tls === undefined ? "http" : "https";
  const origin = publicOrigin ?? reachableAt(scheme, host, port);
  const operator = new Operator({ origin, address, port, scheme });
  const realm: Realm = {
    origin,
    issuer: origin + realmPath,
    ownCertificate: options.https === true,
    operator,
    clients,
    keys,
    people,
    answers,
    attempts: new AttemptStore(now, people),
    signing: {
      cards,
      anchors,
      transactions: new SignTransactions(now, lifetime),
      asked: new BoundedMap(10_000),
      now,
    },
    orders: new BoundedMap(10_000),
    faults: {
      jwks: "none",
      token: "none",
      userinfo: "none",
      signTransactions: "none",
      signResult: "none",
      ocsp: "none",
    },
    requests: {
      discovery: 0,
      authorization: 0,
      token: 0,
      userinfo: 0,
      jwks: 0,
      signTransactions: 0,
      signResult: 0,
    },
    sent: new Sent(),
    mode: "app",
  };
  try {
    changeConfig(realm, { mode, faults, people: own, auto });
    server.on("request", createRouter(realm, createProvider(library, realm, quiet), quiet));
  } catch (error) {
    server.close();
    throw error;
  }

  return {
    origin,
    port,
    issuer: realm.issuer,
    jwksUri: endpoints(realm.issuer).jwksUri,
    signTransactionsEndpoint: endpoints(realm.issuer).signTransactionsEndpoint,
    controlToken: operator.token,
    certificate: tls?.certificate,
    jpki: { anchors, organization, nextCardPolicy: nextCardPolicies.sign },
    requests: realm.requests,
    get sent() {
      return realm.sent.list();
    },
    addClient: (client) => void clients.add(client),
    get config() {
      return readConfig(realm);
    },
    configure: (changes) => changeConfig(realm, changes),
    setMode: (value) => setMode(realm, value),
    setFault: (endpoint, fault) => setFault(realm, endpoint, fault),
    newControlLink: () => directAt(scheme, host, port) + operator.newLink(),
    stepKeys: (step) => keys.step(step),
    checkAnswer: (answer) => void answers.checkNext(answer),
    nextLogin: (answer = {}) => void answers.order(answer),
    rotateKeys: ({ keepOld = true } = {}) => keys.rotate(keepOld),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Server = HttpServer | HttpsServer;

async function listen(host: string, port: number, tls: TlsFiles | undefined): Promise<Server> {
  const limits = { requestTimeout: 30_000, headersTimeout: 10_000 };
  const server =
    tls === undefined
      ? createServer(limits)
      : createHttpsServer({ ...limits, cert: tls.certificate, key: tls.key });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return server;
}

function addressOf(server: Server): AddressInfo {
  // An object for whatever does not listen on a pipe.
  return server.address() as AddressInfo;
}
