import type { Answer } from "../auto-answers.js";
import { type Emulator, type EmulatorOptions, startEmulator as start } from "../index.js";
import { endpoints } from "../realm.js";
import type { Client } from "../types.js";
import { makeTestClient, type TestClient, type TestClientOptions } from "./client.js";
import { followLogin, type Login } from "./login.js";
import { overNetwork } from "./transport.js";
import { type SiteFetch, Visitor } from "./visitor.js";

export * from "../index.js";
export type { TestClient, TestClientOptions, TestKey } from "./client.js";
export type { Login } from "./login.js";
export type { SiteFetch, Visitor } from "./visitor.js";

export interface TestEmulatorOptions extends Omit<EmulatorOptions, "clients"> {
  readonly client: TestClientOptions;
  /** More clients. */
  readonly clients?: readonly Client[];
}

/** The endpoints in the form in which `honnin` takes them as `environment`. */
export interface TestEnvironment {
  readonly name: string;
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userinfoEndpoint: string;
  readonly jwksUri: string;
  readonly signTransactionsEndpoint: string;
}

export interface LoginOptions {
  /** The address of the site that starts the login, or the request. */
  readonly start: string | URL | Request;
  /** The site's handler, if it does not listen on a port; it gets all requests that are not for the emulator. */
  readonly fetch?: SiteFetch;
  /** `normal`, an error of OAuth, or the ID of a misbehaviour. */
  readonly response?: string;
  readonly card?: Answer["card"];
  /** A browser that was there before, with its cookies. Default: a new one. */
  readonly visitor?: Visitor;
}

/** An emulator in the process of a test. */
export interface TestEmulator extends Emulator {
  readonly client: TestClient;
  readonly environment: TestEnvironment;
  /**
   * Logs a person in at the site, without pages: follows the site's login address to the emulator and back, up to the site's
   * answer to the callback.
   *
   * @throws EmulatorError `login-failed`, `answer-invalid`
   */
  loginAs(person: string, options: LoginOptions): Promise<Login>;
}

/** Starts an emulator for tests, on a free port, silently. Each has its own port, keys, clients and people. */
export async function startEmulator(options: TestEmulatorOptions): Promise<TestEmulator> {
  const { client: described, clients = [], ...rest } = options;
  const { client, test } = makeTestClient(described);
  const emulator = await start({ quiet: true, ...rest, clients: [client, ...clients] });
  const { authorizationEndpoint, tokenEndpoint, userinfoEndpoint, jwksUri, signTransactionsEndpoint } =
    endpoints(emulator.issuer);

  const loginAs: TestEmulator["loginAs"] = async (person, { start, fetch, response, card, visitor }) => {
    const isOurs = (request: Request) => new URL(request.url).origin === emulator.origin;
    const send: SiteFetch = (request) =>
      fetch === undefined || isOurs(request) ? overNetwork(request, emulator.certificate) : fetch(request);
    const answer = {
      person,
      ...(response === undefined ? {} : { response }),
      ...(card === undefined ? {} : { card }),
    };
    emulator.checkAnswer(answer);
    const environment = {
      authorizationEndpoint,
      redirectUris: () => emulator.config.clients.flatMap(({ redirectUris }) => redirectUris),
      sent: () => emulator.sent,
    };
    return followLogin(environment, visitor ?? new Visitor(send), start, answer);
  };

  return Object.assign(emulator, {
    client: test,
    environment: {
      name: "emulator",
      issuer: emulator.issuer,
      authorizationEndpoint,
      tokenEndpoint,
      userinfoEndpoint,
      jwksUri,
      signTransactionsEndpoint,
    },
    loginAs,
  });
}
