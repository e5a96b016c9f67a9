import type { JsonWebKey } from "node:crypto";

export interface ProbeOptions {
  /** The issuer of the sandbox or of the emulator. */
  readonly issuer: string;
  readonly signTransactionsEndpoint: string;
  readonly clientId: string;
  /** The client's private key. */
  readonly key: JsonWebKey & { readonly kid?: string; readonly alg?: string };
  readonly redirectUri: string;
  /** Default: `openid` and the four basic items. */
  readonly scopes?: readonly string[];
  /** Probes the 署名API too, with the private key that decrypts its results, if there is one. */
  readonly sign?: { readonly decryptionKey?: JsonWebKey & { readonly alg?: string; readonly kid?: string } };
  /** Shows the person the address to open, and returns the address at which the browser arrived; `undefined` if it did not. */
  readonly visit: (url: URL) => Promise<URL | undefined>;
  /** Called at the beginning of each step. */
  readonly onStep?: (name: string) => void;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
}

export const sandboxIssuer = "https://sb-auth-and-sign.go.jp/api/realms/main";
