// One job in workerd, request by request, because the clock stands still during a request: the driver has the clock.
import type { JobName } from "../job.ts";
import { jobs } from "../jobs/index.ts";
import text from "./fixture.txt";
import { type Prepared, prepare } from "./prepared.ts";
import honnin from "./reference-honnin.wasm";
import idToken from "./reference-id-token.wasm";
import x509Cert from "./x509-cert.wasm";

const tools = { reference: { idToken, whole: honnin }, x509Cert };
let prepared: Prepared | undefined;

export default {
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const job = jobs.get(searchParams.get("job") as JobName);
    if (job === undefined) return new Response("no such job", { status: 404 });
    try {
      prepared ??= await prepare(job, JSON.parse(text), tools);
      const { names, refused } = prepared;
      const variant = searchParams.get("variant");
      if (variant === null) return Response.json({ names, refused });
      await prepared.repeat(variant, Number(searchParams.get("iterations")));
      return new Response("done");
    } catch (error) {
      return new Response(error instanceof Error ? error.stack : String(error), { status: 500 });
    }
  },
};
