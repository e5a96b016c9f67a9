import { respond } from "./honnin/six.js";

export default { fetch: respond };
