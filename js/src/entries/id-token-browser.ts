// Browsers: what the relying party needs for a login, with the loader of the runtime.
import "./load-browser.js";

export * from "../id-token/index.js";
