// A site that logs people in with honnin, as one function from requests to responses.

import { relyingParty } from "honnin/relying-party";
import type { TestEmulator } from "honnin-emulator/testing";

export function createSite({ environment, client }: TestEmulator) {
  const rp = relyingParty({
    environment,
    allowEmulator: true,
    clientId: client.clientId,
    clientKey: client.clientKey,
    redirectUri: client.redirectUri,
    scope: "openid name birthdate",
    cookieSecret: "for tests only: 8f3b1c7de29a4605",
    onLogin: ({ sub, user }) => ({ sessionData: { sub, name: user?.name } }),
  });
  return async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname.startsWith("/auth/")) return rp.fetch(request);
    const session = await rp.session(request);
    if (session === undefined) return new Response("You are not logged in.", { status: 401 });
    return Response.json(session.data);
  };
}
