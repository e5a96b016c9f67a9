import { EmulatorError } from "./errors.js";
import { type Exchange, type Handler, HttpError, isLoopback, readJson, sendJson } from "./http.js";
import { misbehaviours } from "./misbehaviours.js";
import { setFault, setMode } from "./operations.js";
import { people } from "./people.js";
import type { Realm } from "./realm.js";
import { signingMisbehaviours } from "./signing/misbehaviours.js";

/**
 * Whether the request comes from this machine, and not through a proxy or tunnel that stands on it: those say so in a
 * header, or pass on a host name.
 */
export function isLocal({ request }: Exchange): boolean {
  const { headers, socket } = request;
  const { remoteAddress, localAddress } = socket;
  const forwarded = headers.forwarded ?? headers["x-forwarded-for"] ?? headers["x-forwarded-host"];
  if (forwarded !== undefined || !/^(localhost|[\d.]+|\[[0-9a-f:.]+\])(:\d+)?$/i.test(headers.host ?? ""))
    return false;
  return isLoopback(remoteAddress) || (remoteAddress !== undefined && remoteAddress === localAddress);
}

/**
 * Refuses what a page of another site could make a browser send: browsers name the sender in `Origin` or
 * `Sec-Fetch-Site`, programs name none.
 */
export function isCrossSite({ request }: Exchange, origin: string): boolean {
  const { origin: sender, host, "sec-fetch-site": site } = request.headers;
  // The router has checked that `Host` is an address or a name of this emulator.
  if (sender !== undefined && sender !== origin && sender !== `http://${host}`) return true;
  return site !== undefined && site !== "same-origin" && site !== "none";
}

/**
 * The control API: all below `/emulator/` but `/emulator/jpki/`, which is for everybody. JSON, from this machine only.
 * Together with the check of the `Host` header in the router no web page reaches it, not by CSRF (the content type forces
 * a preflight that is not answered) nor by DNS rebinding.
 */
export function controlRoutes(realm: Realm): [method: string, path: string, handler: Handler][] {
  const guarded =
    (handler: Handler): Handler =>
    async (exchange) => {
      if (!isLocal(exchange) || isCrossSite(exchange, realm.origin)) {
        return sendJson(exchange.response, 403, { error: "forbidden" });
      }
      try {
        await handler(exchange);
      } catch (error) {
        if (error instanceof EmulatorError) {
          return sendJson(exchange.response, 400, { error: error.code, message: error.message });
        }
        if (error instanceof HttpError)
          return sendJson(exchange.response, error.status, { error: error.reason });
        throw error;
      }
    };
  const body = async (exchange: Exchange): Promise<Record<string, unknown>> => {
    const value = await readJson(exchange.request);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new HttpError(400, "bad-request");
    return value as Record<string, unknown>;
  };
  const routes: [string, string, Handler][] = [
    ["GET", "/emulator/people", ({ response }) => sendJson(response, 200, { people })],
    [
      "GET",
      "/emulator/misbehaviours",
      ({ response }) =>
        sendJson(response, 200, {
          misbehaviours: misbehaviours.map(({ id, target, title }) => ({ id, target, title })),
        }),
    ],
    [
      "GET",
      "/emulator/signing-misbehaviours",
      ({ response }) =>
        sendJson(response, 200, {
          misbehaviours: signingMisbehaviours.map(({ id, target, title }) => ({ id, target, title })),
        }),
    ],
    ["GET", "/emulator/requests", ({ response }) => sendJson(response, 200, { requests: realm.requests })],
    [
      "POST",
      "/emulator/clients",
      async (exchange) => {
        const { clientId } = realm.clients.add(await body(exchange));
        sendJson(exchange.response, 201, { clientId });
      },
    ],
    [
      "PUT",
      "/emulator/mode",
      async (exchange) => {
        setMode(realm, (await body(exchange)).mode);
        sendJson(exchange.response, 200, { mode: realm.mode });
      },
    ],
    [
      "PUT",
      "/emulator/faults",
      async (exchange) => {
        const { endpoint, fault } = await body(exchange);
        setFault(realm, endpoint, fault);
        sendJson(exchange.response, 200, { faults: realm.faults });
      },
    ],
    [
      "POST",
      "/emulator/rotate-keys",
      async (exchange) => {
        const { keepOld = true } = await body(exchange);
        if (typeof keepOld !== "boolean") throw new HttpError(400, "bad-request");
        sendJson(exchange.response, 200, { kid: realm.keys.rotate(keepOld) });
      },
    ],
  ];
  return routes.map(([method, path, handler]) => [method, path, guarded(handler)]);
}
