import { changeConfig } from "./config.js";
import { EmulatorError } from "./errors.js";
import { type Handler, HttpError, readForm, redirect, refuseHead, sendPage } from "./http.js";
import { setFault, setMode } from "./operations.js";
import { isCrossSite } from "./operator.js";
import { homePage } from "./pages/home.js";
import type { Realm } from "./realm.js";
import { faultyEndpoints } from "./types.js";

/**
 * The home page and its forms. Only a browser on this machine, on the page itself, may change anything; if a secret is
 * required, only a browser that has opened the link.
 */
export function homeRoutes(realm: Realm): [string, string, Handler][] {
  const change =
    (action: (form: URLSearchParams) => void): Handler =>
    async (exchange) => {
      const { origin, "sec-fetch-site": site } = exchange.request.headers;
      const named = origin !== undefined || site !== undefined;
      const access = realm.operator.access(exchange);
      if (!named || access === "elsewhere" || isCrossSite(exchange, realm.origin))
        throw new HttpError(403, "forbidden");
      if (access === "secret-missing") throw new HttpError(403, "link-missing");
      const form = await readForm(exchange.request);
      try {
        action(form);
      } catch (error) {
        if (!(error instanceof EmulatorError)) throw error;
        const text = (name: string) => form.get(name) ?? "";
        const page = homePage({
          language: exchange.language,
          realm,
          access,
          form: {
            clientId: text("clientId"),
            name: text("name"),
            redirectUris: text("redirectUris"),
            jwks: error.code === "jwks-private" ? "" : text("jwks"),
            problem: error.code,
          },
        });
        return sendPage(exchange.response, 422, page, { language: exchange.language });
      }
      redirect(exchange.response, "/");
    };

  return [
    [
      "GET",
      "/",
      (exchange) => {
        const { language, response } = exchange;
        const access = realm.operator.access(exchange);
        sendPage(response, 200, homePage({ language, realm, access }), { language });
      },
    ],
    [
      "GET",
      "/operator/:ticket",
      (exchange) => {
        refuseHead(exchange);
        const cookie = realm.operator.openLink(exchange);
        if (cookie === undefined) throw new HttpError(404, "link-spent");
        exchange.response.setHeader("set-cookie", cookie);
        redirect(exchange.response, "/");
      },
    ],
    [
      "POST",
      "/clients",
      change((form) => {
        realm.clients.add({
          // biome-ignore lint/plugin: pasted by a person
          clientId: form.get("clientId")?.trim(),
          // biome-ignore lint/plugin: typed by a person
          name: form.get("name")?.trim(),
          // biome-ignore lint/plugin: pasted by a person
          redirectUris: (form.get("redirectUris") ?? "").split(/\s+/).filter((line) => line !== ""),
          jwks: parseJwks(form.get("jwks") ?? ""),
        });
      }),
    ],
    ["POST", "/mode", change((form) => setMode(realm, form.get("mode")))],
    [
      "POST",
      "/faults",
      change((form) => {
        for (const endpoint of faultyEndpoints) {
          if (form.has(endpoint)) setFault(realm, endpoint, form.get(endpoint));
        }
      }),
    ],
    [
      "POST",
      "/auto",
      change((form) => {
        const person = form.get("person") ?? "";
        changeConfig(realm, { auto: person === "" ? null : person });
      }),
    ],
    ["POST", "/keys", change((form) => void realm.keys.step(form.get("step")))],
    ["POST", "/rotate-keys", change((form) => void realm.keys.rotate(form.get("keepOld") === "true"))],
  ];
}

function parseJwks(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EmulatorError("jwks-invalid", "The JWK Set is not JSON.");
  }
}
