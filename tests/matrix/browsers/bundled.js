import { init } from "honnin";
import wasm from "honnin/wasm";
import idToken from "honnin/wasm/id-token";
import { page } from "./honnin/page.js";
import { show } from "./honnin/show.js";

const start = async () => {
  await init({ url: new URL(wasm, location.href) });
  await init({ only: "id-token", url: new URL(idToken, location.href) });
};

// Where a policy forbids WebAssembly, the page does the rest.
show(() =>
  start().then(
    () => page(),
    ({ code }) => page(code),
  ),
);
