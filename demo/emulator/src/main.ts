#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Client, EmulatorError, startEmulator } from "./index.js";
import { endpoints } from "./realm.js";
import { clientAlgorithms, modes } from "./types.js";

const usage = `Emulator of デジタル認証サービス (the Digital Authentication Service) and its phone app.

  --port N             default: a free port
  --host ADDRESS       default: 127.0.0.1; with a network address of this machine, a real phone can scan the QR code
  --public-origin URL  the origin that browsers use, if it differs (a tunnel, a proxy): scheme, host and port
  --mode MODE          ${modes.join(" (default) or ")}
  --client-id ID       registers a client; needs --jwks and --redirect-uri
  --jwks FILE          the client's public keys as a JWK Set
  --redirect-uri URI   can be given several times
  --name TEXT          the client's name on the consent screen; default: its client ID
  --alg ALG            the only algorithm accepted for its client_assertion: ${clientAlgorithms.join(", ")}

Only this machine can change settings. With --public-origin, or a --host other than loopback, a secret is required
too, which is printed at the start: a token for programs, a link for one browser. Without these options, a proxy or
tunnel on this machine that hides itself (an address as Host, HTTP/1.1, no header of its own) looks like this machine,
and everyone who can reach it can change settings. Set --public-origin in this case.
`;

class UsageError extends Error {}

function read() {
  try {
    return parseArgs({
      options: {
        port: { type: "string", default: "0" },
        host: { type: "string", default: "127.0.0.1" },
        "public-origin": { type: "string" },
        mode: { type: "string", default: "app" },
        "client-id": { type: "string" },
        jwks: { type: "string" },
        "redirect-uri": { type: "string", multiple: true, default: [] },
        name: { type: "string" },
        alg: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof read>;

function clientOf(values: Values): Client[] {
  const { "client-id": clientId, jwks: file, "redirect-uri": redirectUris, name, alg } = values;
  if (clientId === undefined) {
    const orphan = Object.entries({ jwks: file, "redirect-uri": redirectUris[0], name, alg }).find(
      ([, value]) => value !== undefined,
    );
    if (orphan !== undefined) {
      throw new UsageError(
        `--${orphan[0]} describes a client, but --client-id is missing. Give both or neither.`,
      );
    }
    return [];
  }
  if (file === undefined || redirectUris.length === 0) {
    throw new UsageError("--client-id needs --jwks and --redirect-uri.");
  }
  let jwks: Client["jwks"];
  try {
    jwks = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new UsageError(`The JWK Set cannot be read from ${file}.`);
  }
  const algorithm = clientAlgorithms.find((known) => known === alg);
  if (alg !== undefined && algorithm === undefined) {
    throw new UsageError(`--alg must be one of ${clientAlgorithms.join(", ")}.`);
  }
  return [
    {
      clientId,
      name: name ?? clientId,
      redirectUris,
      jwks,
      ...(algorithm === undefined ? {} : { tokenEndpointAuthSigningAlg: algorithm }),
    },
  ];
}

async function main(): Promise<void> {
  const values = read();
  if (values.help) return void process.stdout.write(usage);
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new UsageError("--port must be a number up to 65535.");
  const mode = modes.find((known) => known === values.mode);
  if (mode === undefined) throw new UsageError(`--mode must be ${modes.join(" or ")}.`);

  const clients = clientOf(values);
  const publicOrigin = values["public-origin"];
  const emulator = await startEmulator({
    host: values.host,
    port,
    mode,
    clients,
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
  });

  const stop = (): void => {
    emulator.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The emulator did not close: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);

  const { authorizationEndpoint, tokenEndpoint, userinfoEndpoint, signTransactionsEndpoint } = endpoints(
    emulator.issuer,
  );
  const environment = {
    ISSUER: emulator.issuer,
    AUTHORIZATION_ENDPOINT: authorizationEndpoint,
    TOKEN_ENDPOINT: tokenEndpoint,
    USERINFO_ENDPOINT: userinfoEndpoint,
    JWKS_URI: emulator.jwksUri,
    SIGN_TRANSACTIONS_ENDPOINT: signTransactionsEndpoint,
    ...Object.fromEntries(
      clients.flatMap(({ clientId, redirectUris }) => [
        ["CLIENT_ID", clientId],
        ["REDIRECT_URI", redirectUris[0] ?? ""],
      ]),
    ),
  };
  const lines = Object.entries(environment).map(([name, value]) => `  ${name}=${value}`);
  const control =
    emulator.controlToken === undefined
      ? ""
      : `
設定の変更には秘密の値が必要です / Settings require a secret:
  設定用リンク（1回のみ） / Link for one browser, once: ${emulator.newControlLink()}
  CONTROL_TOKEN=${emulator.controlToken}
`;
  process.stdout.write(
    `エミュレーター / Emulator: ${emulator.origin}\n\n${lines.join("\n")}\n${control}\nCtrl-C で停止 / Ctrl-C stops the emulator\n`,
  );
}

main().catch((error: unknown) => {
  const code = (error as NodeJS.ErrnoException).code;
  const known = error instanceof UsageError || error instanceof EmulatorError || code?.startsWith("E");
  const text = error instanceof Error ? (known ? error.message : error.stack) : String(error);
  process.stderr.write(`${text}\n${error instanceof UsageError ? `\n${usage}` : ""}`);
  process.exitCode = 1;
});
