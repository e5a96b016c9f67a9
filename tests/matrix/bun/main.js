import { respond } from "./honnin/six.js";

Bun.serve({ hostname: "127.0.0.1", port: Number(process.env.PORT), fetch: respond });
