import { createPublicKey, type JsonWebKey } from "node:crypto";
import { EmulatorError } from "./errors.js";
import { type Bilingual, type Client, clientAlgorithms, resultEncryptions } from "./types.js";

const MAX_CLIENTS = 1_000;
const MAX_REDIRECT_URIS = 10;
const MAX_KEYS = 10;
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/** The allowed members of a key. Other members are dropped. */
const PUBLIC_MEMBERS = ["kty", "kid", "use", "alg", "key_ops", "n", "e", "crv", "x", "y"] as const;

/** The registered relying parties, checked on registration against the rules of the service's application form. */
export class ClientRegistry {
  #clients = new Map<string, Client>();

  /** @throws EmulatorError */
  constructor(inputs: readonly unknown[] = []) {
    for (const input of inputs) this.add(input);
  }

  /** @throws EmulatorError that names the error; nothing is stored then */
  add(input: unknown): Client {
    const client = checkClient(input);
    if (this.#clients.has(client.clientId)) {
      throw new EmulatorError("client-exists", "A client with this client_id is already registered.");
    }
    if (this.#clients.size >= MAX_CLIENTS) {
      throw new EmulatorError("too-many-clients", `No more than ${MAX_CLIENTS} clients can be registered.`);
    }
    this.#clients.set(client.clientId, client);
    return client;
  }

  find(clientId: string): Client | undefined {
    return this.#clients.get(clientId);
  }

  /** Takes over the clients of another registry, and has no others. */
  become(other: ClientRegistry): void {
    this.#clients = other.#clients;
  }

  list(): readonly Client[] {
    return [...this.#clients.values()];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkClient(input: unknown): Client {
  if (!isRecord(input)) throw new EmulatorError("request-invalid", "The client must be a JSON object.");
  const { clientId, name, redirectUris, jwks, tokenEndpointAuthSigningAlg: alg, resultEncryption } = input;
  if (typeof clientId !== "string" || !/^[0-9a-zA-Z]{1,255}$/.test(clientId)) {
    throw new EmulatorError("client-id-invalid", wrongId(clientId));
  }
  // biome-ignore lint/plugin: a name for people
  if (typeof name !== "string" || name.trim() === "" || name.length > 100) {
    throw new EmulatorError("client-name-invalid", "The client's name must have 1 to 100 characters.");
  }
  const algorithm = clientAlgorithms.find((known) => known === alg);
  if (alg !== undefined && algorithm === undefined) {
    throw new EmulatorError("algorithm-unsupported", `The algorithm must be ${clientAlgorithms.join(", ")}.`);
  }
  const enc = resultEncryptions.find((known) => known === resultEncryption);
  if (resultEncryption !== undefined && enc === undefined) {
    throw new EmulatorError(
      "algorithm-unsupported",
      `The encryption of results must be ${resultEncryptions.join(", ")}.`,
    );
  }
  return {
    clientId,
    name,
    redirectUris: checkRedirectUris(redirectUris),
    jwks: { keys: checkJwks(jwks) },
    ...(algorithm === undefined ? {} : { tokenEndpointAuthSigningAlg: algorithm }),
    ...(enc === undefined ? {} : { resultEncryption: enc }),
  };
}

/** The service issues IDs of letters and digits, so an ID that works here works there. */
function wrongId(given: unknown): Bilingual {
  const fitting = typeof given === "string" ? given.replace(/[^0-9a-zA-Z]/g, "").slice(0, 255) : "";
  const example = fitting === "" ? "myshop" : fitting;
  return {
    ja: `client_id に使えるのは、デジタル認証サービスと同じ英数字だけ（1〜255 文字）です。例: ${example}`,
    en: `A client_id has 1 to 255 letters and digits only, as at the Digital Authentication Service. For example: ${example}`,
  };
}

function checkRedirectUris(input: unknown): string[] {
  const invalid = (message: string) => new EmulatorError("redirect-uri-invalid", message);
  if (!Array.isArray(input) || input.length === 0 || input.length > MAX_REDIRECT_URIS) {
    throw invalid(`Between 1 and ${MAX_REDIRECT_URIS} redirect URIs are needed.`);
  }
  return input.map((uri: unknown) => {
    if (typeof uri !== "string" || uri.length > 255) {
      throw invalid("A redirect URI must have 1 to 255 characters.");
    }
    let url: URL;
    try {
      url = new URL(uri);
    } catch {
      throw invalid("A redirect URI must be an absolute URI.");
    }
    if ((url.protocol !== "https:" && url.protocol !== "http:") || uri.includes("#")) {
      throw invalid("A redirect URI must be http or https, without a fragment.");
    }
    if (url.username !== "" || url.password !== "") {
      throw invalid("A redirect URI must not contain credentials.");
    }
    return uri;
  });
}

function checkJwks(input: unknown): JsonWebKey[] {
  const keys = isRecord(input) ? input.keys : undefined;
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > MAX_KEYS || !keys.every(isRecord)) {
    throw new EmulatorError("jwks-invalid", `The JWK Set must have 1 to ${MAX_KEYS} keys.`);
  }
  if (keys.some((key) => PRIVATE_MEMBERS.some((member) => member in key))) {
    throw new EmulatorError("jwks-private", "The JWK Set contains a private key. Give public keys only.");
  }
  const kids = keys.map((key) => key.kid).filter((kid) => kid !== undefined);
  if (new Set(kids).size !== kids.length) {
    throw new EmulatorError("jwks-duplicate", "Two keys of the JWK Set have the same kid.");
  }
  const checked = keys.map(checkKey);
  if (checked.every(({ use }) => use === "enc")) {
    throw new EmulatorError("jwks-signing-key-missing", "The JWK Set has no key for client authentication.");
  }
  return checked;
}

/** The algorithms of a key, by its `use` and `kty`. */
const fittingAlgorithms: Readonly<Record<string, readonly string[]>> = {
  "sig RSA": ["RS256", "PS256"],
  "sig EC": ["ES256"],
  "enc RSA": ["RSA-OAEP-256"],
  "enc EC": ["ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"],
};
const encryptionCurves = ["prime256v1", "secp384r1", "secp521r1"];

function checkKey(key: Record<string, unknown>): JsonWebKey {
  const unsupported = (message: string) => new EmulatorError("key-unsupported", message);
  const { kid, use = "sig", alg, kty } = key;
  if (kid !== undefined && (typeof kid !== "string" || kid === "" || kid.length > 255)) {
    throw new EmulatorError("jwks-invalid", "A kid must be a string of 1 to 255 characters.");
  }
  if (use !== "sig" && use !== "enc") throw unsupported("A key's use must be sig or enc.");
  const fitting = fittingAlgorithms[`${use} ${kty}`] ?? [];
  if (alg !== undefined && !fitting.includes(String(alg))) {
    throw unsupported("The key's alg does not fit the key and its use, or is not supported.");
  }
  const kept = Object.fromEntries(
    PUBLIC_MEMBERS.filter((member) => key[member] !== undefined).map((member) => [member, key[member]]),
  );
  let bits: number | undefined;
  let curve: string | undefined;
  try {
    const details = createPublicKey({ key: kept as JsonWebKey, format: "jwk" }).asymmetricKeyDetails;
    bits = details?.modulusLength;
    curve = details?.namedCurve;
  } catch {
    throw new EmulatorError("jwks-invalid", "A key of the JWK Set cannot be read.");
  }
  const curves = use === "enc" ? encryptionCurves : ["prime256v1"];
  const supported = bits === undefined ? curves.includes(curve ?? "") : bits >= 2048 && bits <= 8192;
  if (!supported) {
    throw unsupported(
      "A key must be RSA of 2048 to 8192 bits or EC P-256; for encryption also EC P-384 or P-521.",
    );
  }
  return kept as JsonWebKey;
}
