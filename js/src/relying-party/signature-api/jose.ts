// What is used of jose. Imported on demand: whoever imports the handler in Node, without a bundler, need not wait for its many files.
export { compactDecrypt, importJWK } from "jose";
