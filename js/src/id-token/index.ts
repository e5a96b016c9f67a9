// `#id-token`: what the relying party needs of the package for a login. Bundlers that split put next to an entry whatever its re-exports
// name, so the relying party does not import `honnin` there.
export { defaults, FetchedKeys } from "./fetched-keys.js";
export { verifyIdToken } from "./verify-id-token.js";
