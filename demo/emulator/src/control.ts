import { changeConfig, readConfig } from "./config.js";
import { EmulatorError } from "./errors.js";
import { type Exchange, type Handler, HttpError, readJson, sendJson } from "./http.js";
import { misbehaviours } from "./misbehaviours.js";
import { setFault, setMode } from "./operations.js";
import { isCrossSite } from "./operator.js";
import type { Realm } from "./realm.js";
import { signingMisbehaviours } from "./signing/misbehaviours.js";

/** For many people of one's own. */
const MAX_CONTROL_BYTES = 4 * 1024 * 1024;

/** What a body must be, by the status with which it is refused. */
const bodyProblems: Readonly<Record<number, string>> = {
  400: 'The body must be a JSON object, such as {"mode": "test-card"}.',
  413: "The body may have at most 4 MiB.",
  415: "Send JSON, with the header Content-Type: application/json.",
};

/**
 * The control API: everything under `/emulator/` except `/emulator/jpki/`, which is public. JSON, from this machine only,
 * and with the secret if one is required. Together with the check of the `Host` header in the router, no web page can use it: CSRF fails
 * (the content type causes a preflight, which gets no response), and so does DNS rebinding.
 */
export function controlRoutes(realm: Realm): [method: string, path: string, handler: Handler][] {
  const guarded =
    (handler: Handler): Handler =>
    async (exchange) => {
      const access = realm.operator.access(exchange);
      if (access === "elsewhere" || isCrossSite(exchange, realm.origin)) {
        return sendJson(exchange.response, 403, {
          error: "forbidden",
          message:
            "Only for programs on the emulator's machine that ask it directly: no proxy, no other site.",
        });
      }
      if (access === "secret-missing") {
        exchange.response.setHeader("www-authenticate", "Bearer");
        return sendJson(exchange.response, 401, {
          error: "control-token-missing",
          message:
            "Send the token that the emulator printed at its start: Authorization: Bearer <CONTROL_TOKEN>.",
        });
      }
      try {
        await handler(exchange);
      } catch (error) {
        if (error instanceof EmulatorError) {
          return sendJson(exchange.response, 400, { error: error.code, message: error.message });
        }
        if (error instanceof HttpError) {
          // The rest of the body is never read, so no other request can follow it.
          if (error.status === 413) exchange.response.setHeader("connection", "close");
          return sendJson(exchange.response, error.status, {
            error: error.reason,
            message: bodyProblems[error.status] ?? error.reason,
          });
        }
        throw error;
      }
    };
  const body = async (exchange: Exchange): Promise<Record<string, unknown>> => {
    const value = await readJson(exchange.request, MAX_CONTROL_BYTES);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new HttpError(400, "bad-request");
    return value as Record<string, unknown>;
  };
  const routes: [string, string, Handler][] = [
    ["GET", "/emulator/people", ({ response }) => sendJson(response, 200, { people: realm.people.list() })],
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
    ["GET", "/emulator/sent", ({ response }) => sendJson(response, 200, { sent: realm.sent.list() })],
    ["GET", "/emulator/requests", ({ response }) => sendJson(response, 200, { requests: realm.requests })],
    [
      "POST",
      "/emulator/clients",
      async (exchange) => {
        const { clientId } = realm.clients.add(await body(exchange));
        sendJson(exchange.response, 201, { clientId });
      },
    ],
    ["GET", "/emulator/config", ({ response }) => sendJson(response, 200, readConfig(realm))],
    [
      "PUT",
      "/emulator/config",
      async (exchange) => {
        changeConfig(realm, await body(exchange));
        sendJson(exchange.response, 200, readConfig(realm));
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
      "/emulator/next-login",
      async (exchange) => sendJson(exchange.response, 201, realm.answers.order(await body(exchange))),
    ],
    ["GET", "/emulator/keys", ({ response }) => sendJson(response, 200, realm.keys.state)],
    [
      "POST",
      "/emulator/keys",
      async (exchange) => {
        const { step } = await body(exchange);
        sendJson(exchange.response, 200, realm.keys.step(step));
      },
    ],
    [
      "POST",
      "/emulator/rotate-keys",
      async (exchange) => {
        const { keepOld = true } = await body(exchange);
        if (typeof keepOld !== "boolean")
          throw new EmulatorError("request-invalid", "keepOld must be true or false.");
        sendJson(exchange.response, 200, { kid: realm.keys.rotate(keepOld) });
      },
    ],
  ];
  return routes.map(([method, path, handler]) => [method, path, guarded(handler)]);
}
