import { five } from "./honnin/five.js";

five().then(
  (things) => postMessage(things),
  (error) => postMessage({ error: String(error) }),
);
