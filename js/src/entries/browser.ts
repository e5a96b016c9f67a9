// Browsers: the whole package, with the loader of the runtime.
import "./load-browser.js";

export * from "../index.js";
