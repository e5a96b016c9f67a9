// What neither can avoid: Node's server for two requests, and Node's `fetch` for one to the service. It verifies nothing.
import { environmentAt } from "honnin/launch";
import { serveMeasured } from "./serve.ts";
import type { SiteSettings } from "./settings.ts";

const [given = ""] = process.argv.slice(2);
const { origin, serviceOrigin, clientId } = JSON.parse(given) as SiteSettings;
const { authorizationEndpoint, tokenEndpoint } = environmentAt(serviceOrigin);

function redirect(location: string): Response {
  const headers = {
    location,
    "cache-control": "no-store",
    "set-cookie": `login=${"x".repeat(500)}; HttpOnly`,
  };
  return new Response(null, { status: 303, headers });
}

const query = new URLSearchParams({
  client_id: clientId,
  redirect_uri: `${origin}/auth/callback`,
  response_type: "code",
  code_challenge_method: "S256",
  state: "x".repeat(43),
});

await serveMeasured(async (request) => {
  if (new URL(request.url).pathname === "/auth/login") return redirect(`${authorizationEndpoint}?${query}`);
  const body = new URLSearchParams({ grant_type: "none", assertion: "x".repeat(500) });
  await (await fetch(tokenEndpoint, { method: "POST", body })).text();
  return redirect(origin);
}, origin);
