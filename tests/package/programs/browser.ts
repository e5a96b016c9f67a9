// A user's program, held to the published types alone; the guides show its parts.
import {
  digestDocument,
  type EvidenceRequest,
  HonninError,
  remoteKeys,
  verifyIdToken,
  verifySignedPackage,
} from "honnin";
import "honnin/element";
import { createAuthorizationRequest, environments } from "honnin/launch";
import { memoryStore, type PrivateJwk, relyingParty } from "honnin/relying-party";
import { durableObjectStore, type HonninStore } from "honnin/relying-party/cloudflare";
import { redisStore } from "honnin/relying-party/redis";

declare const secrets: { clientKey: PrivateJwk; decryptionKey: PrivateJwk; cookieSecret: string };
declare const authorities: Uint8Array[];
declare const archive: {
  put(id: string, text: string): Promise<void>;
  get(id: string): Promise<string | undefined>;
};
declare const ocspUrl: string;
/** As `wrangler types` writes it, as far as it matters here. */
declare const binding: {
  idFromName(name: string): { readonly name: string };
  get(id: { readonly name: string }): HonninStore;
};

async function fetchEvidence({ ocspRequest }: EvidenceRequest) {
  if (ocspRequest === undefined) return null;
  const response = await fetch(ocspUrl, {
    method: "POST",
    headers: { "content-type": "application/ocsp-request" },
    body: ocspRequest,
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error("no OCSP response");
  return { ocspResponses: [new Uint8Array(await response.arrayBuffer())] };
}

export const rp = relyingParty({
  environment: environments.sandbox,
  clientId: "city",
  clientKey: secrets.clientKey,
  redirectUri: "https://city.example/auth/callback",
  cookieSecret: secrets.cookieSecret,
  onLogin: ({ sub, user }) => ({ sessionData: { sub, name: user?.name } }),
  store: memoryStore(),
  sessionIdleLimit: 1_800,
  isRevoked: async ({ id }) => (await archive.get(id)) !== undefined,
  signing: {
    mayStart: ({ session }) => session !== undefined,
    clientOf: { header: "cf-connecting-ip" },
    method: { form: "digest-info" },
    open: {
      keys: [secrets.decryptionKey],
      verify: {
        profile: "jpki-sign",
        cards: "test",
        anchors: authorities,
        revocation: { require: "certificate", fetchEvidence },
      },
    },
    async onSigned(signing) {
      if (signing.verification !== "passed") return { returnTo: "/unverified" };
      await archive.put(signing.transaction.id, signing.package);
      return { returnTo: "/signed" };
    },
  },
});

export async function fill(form: HTMLFormElement, file: File): Promise<void> {
  const { digest, size } = await digestDocument(file, { hash: "sha256", onProgress: (bytes) => bytes });
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const fields = { digest: hex, name: file.name, type: file.type, size: String(size) };
  for (const [name, value] of Object.entries(fields))
    (form.elements.namedItem(name) as HTMLInputElement).value = value;
}

export async function verify(text: string, file: File): Promise<number> {
  const { asOf, timestamp, revocation } = await verifySignedPackage(text, {
    document: file,
    profile: "jpki-sign",
    cards: "test",
    anchors: authorities,
  });
  return timestamp.status === "verified" && revocation.status === "good" ? timestamp.time : asOf;
}

export async function logIn(idToken: string, nonce: string): Promise<string> {
  try {
    const { issuer, jwksUri } = environments.sandbox;
    return (await verifyIdToken(idToken, { issuer, clientId: "city", nonce, keys: remoteKeys(jwksUri) }))
      .claims.sub;
  } catch (error) {
    return error instanceof HonninError ? error.code : "other";
  }
}

export const launch = (): Promise<{ url: string }> =>
  createAuthorizationRequest({
    environment: environments.sandbox,
    clientId: "city",
    redirectUri: "https://city.example/auth/callback",
  });

export function follow(): string | undefined {
  const login = document.querySelector("honnin-login");
  document.addEventListener("honnin-error", ({ detail }) => console.error(detail.code));
  login?.addEventListener("honnin-state", ({ detail }) => console.log(detail.state));
  login?.start();
  return login?.returnTo;
}

export const stores = [
  durableObjectStore(binding),
  redisStore(async (script, keys, args) => `${script} ${keys} ${args}`, { prefix: "city:" }),
];
