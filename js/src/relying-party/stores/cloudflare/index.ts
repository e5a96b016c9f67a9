/**
 * `honnin/relying-party/cloudflare`: a store in Durable Objects. It imports `cloudflare:workers`, so it can be loaded on Workers only.
 *
 * @packageDocumentation
 */
export type { Store } from "../../storage/store.js";
export { durableObjectStore, type StoreNamespace } from "./durable-object-store.js";
export { HonninStore, type HonninStoreClass } from "./honnin-store.js";
