import { show } from "./honnin/show.js";

const worker = new Worker(new URL("./web-worker.js", import.meta.url), { type: "module" });
show(
  () =>
    new Promise((resolve, reject) => {
      worker.addEventListener("message", ({ data }) => resolve(data));
      worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    }),
);
