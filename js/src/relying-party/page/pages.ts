// What the response to an error needs. Loaded when there is one: nothing here is needed by a login without an error, and nothing here
// imports what such a login needs, so that bundlers need not split the latter.
export { classify } from "./classify.js";
export { errorPage } from "./error-page.js";
