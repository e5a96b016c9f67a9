// node:http without a framework.
import { createServer } from "node:http";
import { toNodeHandler, toRequest } from "honnin/relying-party/node";
import { origin, rp } from "./auth.ts";

const auth = toNodeHandler(rp, { origin });

export const server = createServer((incoming, outgoing) => {
  auth(incoming, outgoing, async () => {
    const session = await rp.session(toRequest(incoming, { origin }));
    if (session === undefined)
      return outgoing.writeHead(303, { location: `${rp.paths.login}?return_to=/account` }).end();
    outgoing.setHeader("content-type", "application/json");
    return outgoing.end(JSON.stringify(session.data));
  });
});

server.listen(process.env.PORT ?? 3000);
