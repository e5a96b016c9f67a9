import { eventHandler, toWebRequest } from "h3";
import { site } from "../../honnin/six.js";

export default eventHandler((event) => site.fetch(toWebRequest(event)));
