// Sites that hang, loop, answer nonsense or are no login: each ends in bounded time, with one clear problem and what there is.
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { after, before, describe, test } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import {
  type CheckOptions,
  check,
  exitCodeOf,
  loginRows,
  type ProblemCode,
  signingRows,
} from "../src/index.js";
import { trustingLibrary, trustingSite } from "./sites/controls.js";
import { page, redirect, type Site, type SiteSettings, serve } from "./sites/site.js";
import { keyPair, setUp } from "./sites/support.js";

/** Everything below ends long before this. */
const BOUND = 60_000;
const only = ["wrong-nonce", "wrong-issuer"];

type Answer = Parameters<typeof serve>[0];

describe("a site that cannot be checked", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ mode: "test-card", quiet: true });
  });
  after(() => emulator?.close());

  const problemOf = async (url: string, more: Partial<CheckOptions> = {}) => {
    const start = Date.now();
    const result = await check({
      login: { method: "GET", url: new URL(url) },
      service: { origin: emulator.origin },
      requestSeconds: 15,
      waitSeconds: 0,
      only,
      ...more,
    });
    assert.ok(Date.now() - start < BOUND);
    assert.deepEqual(
      result.rows.map(({ verdict }) => verdict),
      ["unchecked", "unchecked"],
    );
    assert.equal(exitCodeOf(result), 2);
    return result.problem;
  };

  const cases: Record<string, [ProblemCode, Answer]> = {
    "never answers": ["no-answer", () => () => {}],
    "sends one byte after another": [
      "no-answer",
      () => (_request, response) => {
        const timer = setInterval(() => response.write("x"), 50);
        response.on("close", () => clearInterval(timer));
      },
    ],
    "sends a page without end": [
      "not-a-login",
      () => (_request, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write("x".repeat(65_536)));
        };
        response.on("drain", more);
        more();
      },
    ],
    "redirects in circles": ["redirects", () => (_request, response) => redirect(response, "/login")],
    "redirects to no web address": [
      "address",
      () => (_request, response) => redirect(response, "javascript:alert(1)"),
    ],
    "breaks off": ["broken-off", () => (_request, response) => response.destroy()],
    "has headers without end": [
      "broken-off",
      () => (_request, response) => page(response.setHeader("x-filler", "x".repeat(100_000)), 200, ""),
    ],
    "is a page without a way on": [
      "not-a-login",
      () => (_request, response) => page(response, 200, "Hello."),
    ],
    "is not found": ["not-a-login", () => (_request, response) => page(response, 404, "<form>")],
    "leads from form to form": [
      "not-a-login",
      () => (_request, response) => page(response, 200, "<form action=/login><button>On</button></form>"),
    ],
    "has two forms": [
      "several-forms",
      () => (_request, response) =>
        page(response, 200, "<form><button>A</button></form><form action=/b></form>"),
    ],
    "leads to another service": [
      "other-service",
      () => (_request, response) =>
        redirect(response, "http://127.0.0.1:9/authorize?response_type=code&client_id=a"),
    ],
    "leads to the real service": [
      "real-service",
      () => (_request, response) =>
        redirect(response, "https://auth-and-sign.go.jp/api/realms/main/protocol/openid-connect/auth"),
    ],
    "leads to the real service, with the dot at the end of its name": [
      "real-service",
      () => (_request, response) => redirect(response, "https://AUTH-AND-SIGN.GO.JP./api/realms/main"),
    ],
    "is not registered": [
      "request-refused",
      () => (_request, response) =>
        redirect(
          response,
          `${emulator.issuer}/protocol/openid-connect/auth?response_type=code&client_id=a&redirect_uri=http://localhost/`,
        ),
    ],
  };
  for (const [title, [code, make]] of Object.entries(cases)) {
    test(title, async () => {
      const site = await serve(make);
      try {
        // Only what never answers is waited for.
        const requestSeconds = code === "no-answer" ? 1 : 15;
        assert.equal((await problemOf(`${site.origin}/login`, { requestSeconds }))?.code, code);
      } finally {
        await site.close();
      }
    });
  }

  test("does not speak HTTP", async () => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.end("220 mail.example ESMTP\r\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      assert.equal((await problemOf(`http://127.0.0.1:${port}/`))?.code, "broken-off");
    } finally {
      server.close();
    }
  });

  test("is not there", async () => {
    const site = await serve(() => () => {});
    await site.close();
    assert.equal((await problemOf(`${site.origin}/login`))?.code, "unreachable");
  });

  test("is no emulator", async () => {
    const site = await serve(() => (_request, response) => page(response, 200, "Hello."));
    try {
      const login = { method: "GET", url: new URL(site.origin) } as const;
      await assert.rejects(check({ login, service: { origin: site.origin } }), { code: "emulator" });
    } finally {
      await site.close();
    }
  });
});

/** A site around the library that checks nothing. */
async function trusting(
  settings: SiteSettings,
  answer: (
    step: "login" | "callback" | "other",
    parts: {
      readonly library: Awaited<ReturnType<typeof trustingLibrary>>;
      readonly redirectUri: string;
      readonly url: URL;
      readonly cookie: string;
      readonly response: Parameters<typeof page>[0];
    },
  ) => Promise<void>,
): Promise<Site> {
  const library = await trustingLibrary(settings);
  const server = await serve((origin) => (request, response) => {
    const url = new URL(request.url ?? "/", origin);
    const step = url.pathname === "/login" ? "login" : url.pathname === "/callback" ? "callback" : "other";
    const cookie = request.headers.cookie ?? "";
    answer(step, { library, redirectUri: `${origin}/callback`, url, cookie, response }).catch(() =>
      page(response, 400, "Failed."),
    );
  });
  return { ...server, redirectUri: `${server.origin}/callback`, login: `${server.origin}/login` };
}

test("a site that breaks is reported with the row that did it, and the rows before", async () => {
  let broken = false;
  const bench = await setUp((settings) =>
    trusting(settings, async (step, { library, redirectUri, url, response }) => {
      if (broken) return page(response, 500, "Broken.");
      if (step === "login") return redirect(response, (await library.begin(redirectUri)).url.href);
      if (step === "other") return page(response, 404, "");
      if (url.searchParams.has("error")) return page(response, 400, "Failed.");
      try {
        await library.finish(url, { redirectUri });
      } catch (error) {
        broken = true;
        throw error;
      }
      page(response, 200, "Welcome back.");
    }),
  );
  try {
    const only = ["wrong-nonce", "token-fail", "response-wrong-state"];
    const result = await bench.check({ only });
    assert.deepEqual(
      result.rows.map(({ verdict }) => verdict),
      ["accepted", "broken", "unchecked"],
    );
    assert.deepEqual([result.problem?.code, result.problem?.about], ["site-down", "token-fail"]);
    assert.equal(exitCodeOf(result), 1);
  } finally {
    await bench.close();
  }
});

test("the signs of a login may be the last page or a cookie", async () => {
  for (const remembers of [false, true]) {
    const bench = await setUp((settings) =>
      trusting(settings, async (step, { library, redirectUri, url, response }) => {
        if (step === "login") return redirect(response, (await library.begin(redirectUri)).url.href);
        if (step === "other") return page(response, 200, "The same for everybody.");
        await library.finish(url, { redirectUri });
        if (remembers) redirect(response, "/app", { "set-cookie": "sid=1; Path=/; HttpOnly" });
        else page(response, 200, "Done.");
      }),
    );
    try {
      const result = await bench.check({ only: ["wrong-nonce", "token-fail"] });
      assert.deepEqual(
        result.rows.map(({ verdict }) => verdict),
        ["accepted", "refused"],
      );
      assert.match(
        result.signs[0] ?? "",
        remembers ? /^ends at .*\/app, cookie sid$/ : /^ends at 200 .*\/callback$/,
      );
    } finally {
      await bench.close();
    }
  }
});

test("signs that contradict each other are not decided", async () => {
  const bench = await setUp((settings) =>
    trusting(settings, async (step, { library, redirectUri, url, response }) => {
      if (step === "login") return redirect(response, (await library.begin(redirectUri)).url.href);
      if (step === "other") return page(response, 200, "The same for everybody.");
      if (url.searchParams.has("error")) return page(response, 400, "Failed.");
      // The same last page after a token error, but no session.
      const failed = await library.finish(url, { redirectUri }).catch(() => undefined);
      redirect(response, "/app", failed === undefined ? {} : { "set-cookie": "sid=1; Path=/" });
    }),
  );
  try {
    const result = await bench.check({ only: ["token-fail"] });
    assert.equal(result.rows[0]?.verdict, "unclear");
    assert.equal(exitCodeOf(result), 2);
  } finally {
    await bench.close();
  }
});

test("the limit for everything ends the check with the rows so far", async () => {
  const bench = await setUp(trustingSite);
  try {
    const start = Date.now();
    const result = await bench.check({ totalSeconds: 2 });
    assert.ok(Date.now() - start < BOUND);
    assert.equal(result.problem?.code, "time-over");
    assert.equal(result.rows.length, loginRows.length + signingRows.length);
    assert.ok(result.rows.some(({ verdict }) => verdict === "unchecked"));
  } finally {
    await bench.close();
  }
});

test("the service is started here, and a site that starts later registers itself by its request", async () => {
  const key = await keyPair("RS256", "sig", "client-key");
  // A port that was free a moment ago.
  const probe = await serve(() => () => {});
  const port = Number(new URL(probe.origin).port);
  await probe.close();
  let library: ReturnType<typeof trustingLibrary> | undefined;
  let issuer = "";
  const site = await serve((origin) => (request, response) => {
    const settings = { issuer, clientId: "lateSite", key: key.own, decryptionKey: {}, jpkiAnchors: "" };
    library ??= trustingLibrary(settings);
    const url = new URL(request.url ?? "/", origin);
    const redirectUri = `${origin}/callback`;
    library
      .then(async (started) => {
        if (url.pathname === "/login") return redirect(response, (await started.begin(redirectUri)).url.href);
        if (url.pathname !== "/callback") return page(response, 404, "");
        await started.finish(url, { redirectUri });
        page(response, 200, "Welcome.");
      })
      .catch(() => page(response, 400, "Failed."));
  });
  const options: CheckOptions = {
    login: { method: "GET", url: new URL("/login", site.origin) },
    service: { port, jwks: { keys: [key.registered] } },
    only: ["wrong-nonce", "token-fail"],
    onService: (started) => {
      issuer = started;
    },
  };
  try {
    const result = await check(options);
    assert.equal(result.problem, undefined);
    assert.deepEqual(
      result.rows.map(({ verdict }) => verdict),
      ["accepted", "refused"],
    );
    const withPrivateKey = {
      port,
      jwks: { keys: [key.own] },
      clientId: "a",
      redirectUri: "http://localhost/",
    };
    await assert.rejects(check({ ...options, service: withPrivateKey }), { code: "emulator" });
  } finally {
    await site.close();
  }
});
