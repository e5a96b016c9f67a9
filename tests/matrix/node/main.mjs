import { six } from "./honnin/six.js";

console.log(JSON.stringify(await six()));
