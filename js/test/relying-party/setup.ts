// One provider, one client key and a relying party for each test that wants one.
import { after, beforeEach } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import {
  memoryStore,
  type PrivateJwk,
  type RelyingPartyOptions,
  relyingParty,
} from "../../src/relying-party/index.js";
import { Browser } from "./browser.js";
import { Provider } from "./op.js";

export const site = "http://localhost:4000";
export const secret = "0123456789abcdef0123456789abcdef";

export interface World {
  readonly provider: Provider;
  readonly clientKey: PrivateJwk;
  /** Moves the relying party's clock; seconds. */
  now: number;
  options(overrides?: Partial<RelyingPartyOptions>): RelyingPartyOptions;
  party(overrides?: Partial<RelyingPartyOptions>): {
    browser: Browser;
    party: ReturnType<typeof relyingParty>;
  };
  /** Goes to the login, through the provider, and back to where the callback is. */
  begin(browser: Browser, query?: string): Promise<URL>;
}

async function startWorld(): Promise<World> {
  const provider = await Provider.start();
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  provider.clientKeys = [{ ...(await exportJWK(publicKey)), kid: "client-1" }];
  const clientKey = { ...(await exportJWK(privateKey)), kid: "client-1" } as unknown as PrivateJwk;
  const world: World = {
    provider,
    clientKey,
    now: Math.floor(Date.now() / 1000),
    options: (overrides = {}) => ({
      environment: provider.environment,
      // The provider is on this machine.
      allowEmulator: true,
      clientId: provider.clientId,
      clientKey,
      redirectUri: `${site}/auth/callback`,
      cookieSecret: secret,
      onLogin: () => undefined,
      now: () => world.now,
      ...(overrides.signing === undefined ? {} : { store: memoryStore() }),
      ...overrides,
    }),
    party(overrides) {
      const party = relyingParty(world.options(overrides));
      return { party, browser: new Browser(party) };
    },
    async begin(browser, query = "") {
      const response = await browser.send(`${site}/auth/login${query}`);
      if (response.status !== 303) throw new Error(`login answered ${response.status}`);
      return provider.authorize(response.headers.get("location") ?? "");
    },
  };
  return world;
}

/** A world for the tests of a file: put straight and prepared before each of them, and stopped after the last one. */
export async function useWorld(prepare: (world: World) => void = () => undefined): Promise<World> {
  const world = await startWorld();
  beforeEach(() => {
    straighten(world);
    prepare(world);
  });
  after(() => world.provider.stop());
  return world;
}

/** Puts everything that tests bend back. */
export function straighten({ provider }: World): void {
  provider.misbehave = {};
  provider.claims = {};
  provider.tokens = {};
  provider.grant = (scopes) => scopes;
  provider.refreshed = undefined;
  provider.issued.length = 0;
  provider.signing.transactions.clear();
  provider.signing.late = 0;
  provider.signing.resultRequests = 0;
  provider.complaints.length = 0;
  provider.tokenRequests.length = 0;
  provider.userinfoRequests = 0;
}
