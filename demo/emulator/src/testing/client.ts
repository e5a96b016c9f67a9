import type { JsonWebKey } from "node:crypto";
import { newEcKeyPair } from "@honnin/synthetic-jpki";
import type { Client } from "../types.js";

/** The site under test. */
export interface TestClientOptions {
  /** Default `testsite`. */
  readonly clientId?: string;
  /** On the consent screen; default: the client ID. */
  readonly name?: string;
  readonly redirectUri: string;
}

/** A private key as a JWK. Not an interface: those do not fit into a type that has any member. */
export type TestKey = {
  readonly kty: "EC";
  readonly crv: "P-256";
  readonly x: string;
  readonly y: string;
  readonly d: string;
  readonly use: "sig" | "enc";
  readonly alg: string;
  readonly kid: string;
};

/** A registered client, with what the site under test needs. */
export interface TestClient {
  readonly clientId: string;
  readonly redirectUri: string;
  /** The private key for `client_assertion`, ES256. */
  readonly clientKey: TestKey;
  /** The private key that decrypts the results of signatures, ECDH-ES+A256KW. */
  readonly decryptionKey: TestKey;
}

function keyPair(use: "sig" | "enc", alg: string): { own: TestKey; registered: JsonWebKey } {
  const { privateKey, publicKey } = newEcKeyPair("P-256");
  const about = { use, alg, kid: `test-${use}` };
  return {
    own: { ...privateKey.export({ format: "jwk" }), ...about } as TestKey,
    registered: { ...publicKey.export({ format: "jwk" }), ...about },
  };
}

/** The client for the emulator, and for the test. */
export function makeTestClient(options: TestClientOptions): { client: Client; test: TestClient } {
  const { clientId = "testsite", name = clientId, redirectUri } = options;
  const [signature, encryption] = [keyPair("sig", "ES256"), keyPair("enc", "ECDH-ES+A256KW")];
  return {
    client: {
      clientId,
      name,
      redirectUris: [redirectUri],
      jwks: { keys: [signature.registered, encryption.registered] },
    },
    test: {
      clientId,
      redirectUri,
      clientKey: signature.own,
      decryptionKey: encryption.own,
    },
  };
}
