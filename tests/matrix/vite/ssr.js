import { six } from "./honnin/six.js";

export const rendered = six().then((things) => console.log(JSON.stringify(things)));
