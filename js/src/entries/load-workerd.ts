// workerd (Cloudflare Workers): the modules are compiled at deployment and imported.
import { edgeLoader } from "../wasm/edge.js";
import honnin from "../wasm/honnin.wasm";
import idToken from "../wasm/id-token.wasm";
import { registerLoader } from "../wasm/instance.js";

registerLoader(edgeLoader(honnin, idToken));
