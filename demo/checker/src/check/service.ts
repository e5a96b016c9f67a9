import { type Client, EmulatorError, startEmulator } from "@honnin/emulator";
import type { Bilingual } from "../bilingual.js";
import { exchange } from "../browser/exchange.js";
import type { Where } from "./options.js";
import { Problem } from "./result.js";

/** How often an endpoint was asked. */
export type Asked = Readonly<Record<string, number>>;

/** The emulator, as the checker uses it. */
export interface Service {
  readonly origin: string;
  readonly issuer: string;
  /** `undefined` if the emulator does not say. */
  asked(): Promise<Asked | undefined>;
  /** Registers the site, if it is not registered. */
  register(clientId: string, redirectUri: string): void;
  close(): Promise<void>;
}

const realm = "/api/realms/honnin-emulator";

/** @throws Problem `emulator` */
export async function openService(where: Where): Promise<Service> {
  return "origin" in where ? running(where) : started(where);
}

async function started({
  port,
  host,
  publicOrigin,
  jwks,
  clientId,
  redirectUri,
}: Extract<Where, { port: number }>): Promise<Service> {
  const emulator = await attempt(() =>
    startEmulator({
      port,
      mode: "test-card",
      quiet: true,
      ...(host === undefined ? {} : { host }),
      ...(publicOrigin === undefined ? {} : { publicOrigin }),
    }),
  );
  let registered = false;
  const add = (client: Client) => {
    emulator.addClient(client);
    registered = true;
  };
  const service: Service = {
    origin: emulator.origin,
    issuer: emulator.issuer,
    asked: async () => ({ ...emulator.requests }),
    register: (id, uri) => {
      if (!registered) add({ clientId: id, name: id, redirectUris: [uri], jwks });
    },
    close: () => emulator.close(),
  };
  try {
    // Keys that the service does not take are found before the site is asked for anything.
    if (clientId !== undefined && redirectUri !== undefined)
      await attempt(() => service.register(clientId, redirectUri));
    return service;
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

const ANSWER_MILLISECONDS = 10_000;

async function running({ origin, controlToken }: Extract<Where, { origin: string }>): Promise<Service> {
  const get = async (path: string): Promise<{ status: number; json: Record<string, unknown> }> => {
    const headers = controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` };
    try {
      const url = new URL(path, origin);
      const { status, text } = await exchange({ method: "GET", url, headers }, ANSWER_MILLISECONDS);
      return { status, json: (JSON.parse(text) ?? {}) as Record<string, unknown> };
    } catch {
      return { status: 0, json: {} };
    }
  };
  const { issuer, honnin_emulator: mark } = (await get(`${realm}/.well-known/openid-configuration`)).json;
  if (mark !== true || typeof issuer !== "string")
    throw new Problem("emulator", {
      ja: `${origin} でエミュレーターが応答しません${origin.startsWith("https:") ? "。その証明書を NODE_EXTRA_CA_CERTS で指定しましたか" : ""}`,
      en: `no emulator answers at ${origin}${origin.startsWith("https:") ? ", or its certificate is not trusted (NODE_EXTRA_CA_CERTS)" : ""}`,
    });
  return {
    origin: new URL(issuer).origin,
    issuer,
    async asked() {
      const { status, json } = await get("/emulator/requests");
      return status === 200 ? (json.requests as Asked) : undefined;
    },
    register: () => {},
    close: async () => {},
  };
}

async function attempt<Result>(action: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof EmulatorError) throw new Problem("emulator", error.texts ?? message);
    if (code === undefined || !/^E[A-Z]/.test(code)) throw error;
    throw new Problem("emulator", listening[code] ?? message);
  }
}

/** Why nothing listens there, by the system's code. */
const listening: Readonly<Record<string, Bilingual>> = {
  EADDRINUSE: {
    ja: "そのポートは使われています。使っているプログラムを止めるか、それがエミュレーターなら --emulator で指定してください",
    en: "the port is in use; stop that program, or name it with --emulator",
  },
  EACCES: {
    ja: "そのポートを使う権限がありません。1024 以上のポートを指定してください（サイトの設定も同じポートにします）",
    en: "you may not use that port; choose one from 1024 on, for the site too",
  },
  EADDRNOTAVAIL: {
    ja: "--host は、このコンピューターのアドレスではありません。省くと 127.0.0.1 です",
    en: "--host is not an address of this machine; without it, 127.0.0.1 is used",
  },
};
