import type { Adapter, AdapterPayload } from "oidc-provider";
import { BoundedMap } from "./bounded-map.js";
import type { ClientRegistry } from "./clients.js";

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

const MAX_ENTRIES = 100_000;
/** Expired entries are deleted once in this many writes. */
const SWEEP_EVERY = 1_000;

/** oidc-provider's storage: in memory, bounded, of one emulator; clients come from the registry. */
export function memoryAdapter(clients: ClientRegistry): (model: string) => Adapter {
  const entries = new BoundedMap<string, Entry>(MAX_ENTRIES);
  const grantMembers = new BoundedMap<string, Set<string>>(MAX_ENTRIES);
  let writes = 0;

  const sweep = (): void => {
    const now = Date.now();
    for (const [key, { expiresAt }] of entries) if (expiresAt <= now) entries.delete(key);
    for (const [grantId, members] of grantMembers) {
      for (const key of members) if (!entries.has(key)) members.delete(key);
      if (members.size === 0) grantMembers.delete(grantId);
    }
  };
  const read = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    return entry !== undefined && entry.expiresAt > Date.now() ? entry.payload : undefined;
  };

  return (model) => ({
    async find(id) {
      return model === "Client" ? clientMetadata(clients, id) : read(`${model}:${id}`);
    },
    // Only looked for when a login session exists; this OP keeps none.
    async findByUid() {
      return undefined;
    },
    async findByUserCode() {
      return undefined;
    },
    async upsert(id, payload, expiresIn) {
      const key = `${model}:${id}`;
      const expiresAt = Date.now() + (expiresIn ?? Number.POSITIVE_INFINITY) * 1000;
      entries.set(key, { payload, expiresAt });
      if (payload.grantId !== undefined) {
        const members = grantMembers.get(payload.grantId) ?? new Set();
        grantMembers.set(payload.grantId, members.add(key));
      }
      writes += 1;
      if (writes % SWEEP_EVERY === 0) sweep();
    },
    async consume(id) {
      const payload = read(`${model}:${id}`);
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const key of grantMembers.get(grantId) ?? []) entries.delete(key);
      grantMembers.delete(grantId);
    },
  });
}

/** The client metadata for oidc-provider: code, refresh and client credentials with `private_key_jwt`, ES256 ID tokens. */
function clientMetadata(clients: ClientRegistry, id: string): AdapterPayload | undefined {
  const client = clients.find(id);
  if (client === undefined) return undefined;
  return {
    client_id: client.clientId,
    client_name: client.name,
    redirect_uris: [...client.redirectUris],
    response_types: ["code"],
    grant_types: ["authorization_code", "refresh_token", "client_credentials"],
    id_token_signed_response_alg: "ES256",
    token_endpoint_auth_method: "private_key_jwt",
    ...(client.tokenEndpointAuthSigningAlg === undefined
      ? {}
      : { token_endpoint_auth_signing_alg: client.tokenEndpointAuthSigningAlg }),
    jwks: { keys: client.jwks.keys.filter(({ use }) => use !== "enc").map((key) => ({ ...key })) },
  } as AdapterPayload;
}
