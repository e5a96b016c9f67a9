import { six } from "./honnin/six.js";

six().then((things) => console.log(JSON.stringify(things)));
