import { respond } from "./honnin/six.js";

Deno.serve({ hostname: "127.0.0.1", port: Number(Deno.env.get("PORT")) }, respond);
