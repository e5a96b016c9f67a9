import { HonninError } from "../error.js";
import type { Loader } from "./modules.js";

/** The loader of edge runtimes: the modules are compiled at deployment, and nothing is compiled at run time. */
export function edgeLoader(honnin: WebAssembly.Module, idToken: WebAssembly.Module): Loader {
  return {
    load: (name, { url }) => {
      if (url === undefined) return name === "honnin" ? honnin : idToken;
      throw new HonninError(
        "options-invalid",
        "Edge runtimes compile nothing when they run. Call init without url.",
      );
    },
  };
}
