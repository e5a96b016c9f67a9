// workerd (Cloudflare Workers): what the relying party needs for a login, with the loader of the runtime.
import "./load-workerd.js";

export * from "../id-token/index.js";
