// workerd (Cloudflare Workers): the whole package, with the loader of the runtime.
import "./load-workerd.js";

export * from "../index.js";
