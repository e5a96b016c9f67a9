import { durableObjectStore, HonninStore } from "honnin/relying-party/cloudflare";
import { type Settings, worker } from "./worker.ts";

type Env = Settings & { readonly STORE: Parameters<typeof durableObjectStore>[0] };

export { HonninStore };
export default { fetch: worker<Env>((env) => durableObjectStore(env.STORE)) };
