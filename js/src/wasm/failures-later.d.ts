/** A copy of `failures.js`, made by the build: bundlers would load a file that is also imported statically with every login. */
export * from "./failures.js";
