import { eventHandler } from "h3";
import { six } from "../honnin/six.js";

export default eventHandler(() => six());
