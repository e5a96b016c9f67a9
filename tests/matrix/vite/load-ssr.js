// What a framework on Vite does in development.
import { createServer } from "vite";

const server = await createServer({ server: { middlewareMode: true }, appType: "custom" });
const { rendered } = await server.ssrLoadModule("/ssr.js");
await rendered;
await server.close();
