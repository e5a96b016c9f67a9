// Vercel's edge runtime: like workerd, but its bundler uses another import suffix.
import { edgeLoader } from "../wasm/edge.js";
import honnin from "../wasm/honnin.wasm?module";
import idToken from "../wasm/id-token.wasm?module";
import { registerLoader } from "../wasm/instance.js";

registerLoader(edgeLoader(honnin, idToken));
