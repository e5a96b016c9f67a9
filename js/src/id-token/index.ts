// `#id-token`: what the relying party needs of the package for a login. Bundlers that split put next to an entry whatever its re-exports
// name, so the relying party does not import `honnin` there.
export { remoteKeys } from "./remote-keys.js";
export { verifyIdToken } from "./verify-id-token.js";
