import { five } from "./honnin/five.js";

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  event.waitUntil(
    five().then(
      (things) => port.postMessage(things),
      (error) => port.postMessage({ error: String(error) }),
    ),
  );
});
