// The libraries that the checker is tried with, and how each is set.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bilingual } from "../../src/bilingual.js";
import { authjsSite } from "./authjs.js";
import { honninSite } from "./honnin.js";
import { oauth4webapiSite } from "./oauth4webapi.js";
import { openidClientSite } from "./openid-client.js";
import { processSite } from "./process.js";
import type { Site, SiteSettings } from "./site.js";

export interface Entry {
  readonly id: string;
  readonly library: string;
  readonly language: "TypeScript" | "JavaScript" | "Python" | "Go";
  /** How the library is set. */
  readonly setting: Bilingual;
  /** Whether it limits how long it waits for the service. */
  readonly limitsTime: boolean;
  make(settings: SiteSettings): Promise<Site>;
  version(): Promise<string>;
  /** The variable that names the program of its language. Without it the entry cannot be run. */
  readonly needs?: "HONNIN_PYTHON" | "HONNIN_GO";
}

const run = promisify(execFile);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const root = here("../../../../");
const python = () => process.env.HONNIN_PYTHON ?? "python3";
const go = () => process.env.HONNIN_GO ?? "go";

/** The version of an installed npm package. */
async function npmVersion(path: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, path, "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}

const pythonSite = (settings: SiteSettings, hardened: boolean) =>
  processSite([python(), here("authlib_site.py")], { ...settings, hardened });
const pythonVersion = async () => {
  const program = 'from importlib.metadata import version; print(version("Authlib"))';
  return (await run(python(), ["-c", program])).stdout.trim();
};

/** Where Debian's packages put the sources of libraries. */
const debianGo = { GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOFLAGS: "" };

async function goSite(settings: SiteSettings, hardened: boolean): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "checked-site-"));
  try {
    const program = join(folder, "site");
    const env = { ...process.env, ...debianGo };
    await run(go(), ["build", "-o", program, here("go/main.go")], { env });
    const site = await processSite([program], { ...settings, hardened });
    return {
      ...site,
      async close() {
        await site.close();
        await rm(folder, { recursive: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
}
const goVersion = async () => {
  const query = ["-W", "-f", "$" + "{Version}", "golang-github-coreos-go-oidc-dev"];
  return `${(await run("dpkg-query", query)).stdout.trim()} (Debian)`;
};

const documented: Bilingual = { ja: "文書の例のまま", en: "as documented" };

export const catalogue: readonly Entry[] = [
  {
    id: "honnin",
    library: "honnin",
    language: "TypeScript",
    setting: { ja: "追加の設定なし", en: "no settings" },
    limitsTime: true,
    make: honninSite,
    version: () => npmVersion("js"),
  },
  {
    id: "oauth4webapi",
    library: "oauth4webapi",
    language: "JavaScript",
    setting: documented,
    limitsTime: false,
    make: oauth4webapiSite,
    version: () => npmVersion("node_modules/oauth4webapi"),
  },
  {
    id: "oauth4webapi-set",
    library: "oauth4webapi",
    language: "JavaScript",
    setting: {
      ja: "`validateApplicationLevelSignature`、`signal`",
      en: "`validateApplicationLevelSignature`, `signal`",
    },
    limitsTime: true,
    make: (settings) => oauth4webapiSite(settings, { hardened: true }),
    version: () => npmVersion("node_modules/oauth4webapi"),
  },
  {
    id: "openid-client",
    library: "openid-client",
    language: "JavaScript",
    setting: documented,
    limitsTime: true,
    make: openidClientSite,
    version: () => npmVersion("node_modules/openid-client"),
  },
  {
    id: "openid-client-set",
    library: "openid-client",
    language: "JavaScript",
    setting: { ja: "`enableNonRepudiationChecks`、`timeout`", en: "`enableNonRepudiationChecks`, `timeout`" },
    limitsTime: true,
    make: (settings) => openidClientSite(settings, { hardened: true }),
    version: () => npmVersion("node_modules/openid-client"),
  },
  {
    id: "authjs",
    library: "Auth.js (@auth/core)",
    language: "JavaScript",
    setting: { ja: '`checks: ["pkce", "nonce"]`', en: '`checks: ["pkce", "nonce"]`' },
    limitsTime: false,
    make: authjsSite,
    version: () => npmVersion("node_modules/@auth/core"),
  },
  {
    id: "authjs-set",
    library: "Auth.js (@auth/core)",
    language: "JavaScript",
    setting: { ja: "同左、`customFetch` で時間制限", en: "the same, a time limit by `customFetch`" },
    limitsTime: true,
    make: (settings) => authjsSite(settings, { hardened: true }),
    version: () => npmVersion("node_modules/@auth/core"),
  },
  {
    id: "authlib",
    library: "Authlib",
    language: "Python",
    setting: documented,
    limitsTime: false,
    make: (settings) => pythonSite(settings, false),
    version: pythonVersion,
    needs: "HONNIN_PYTHON",
  },
  {
    id: "authlib-set",
    library: "Authlib",
    language: "Python",
    setting: { ja: "`userinfo()`、`default_timeout`", en: "`userinfo()`, `default_timeout`" },
    limitsTime: true,
    make: (settings) => pythonSite(settings, true),
    version: pythonVersion,
    needs: "HONNIN_PYTHON",
  },
  {
    id: "go-oidc",
    library: "go-oidc",
    language: "Go",
    setting: documented,
    limitsTime: false,
    make: (settings) => goSite(settings, false),
    version: goVersion,
    needs: "HONNIN_GO",
  },
  {
    id: "go-oidc-set",
    library: "go-oidc",
    language: "Go",
    setting: {
      ja: "`VerifyAccessToken`、`http.Client.Timeout`",
      en: "`VerifyAccessToken`, `http.Client.Timeout`",
    },
    limitsTime: true,
    make: (settings) => goSite(settings, true),
    version: goVersion,
    needs: "HONNIN_GO",
  },
];

/** What was found, as `npm run checked-libraries` records it. */
export interface Recorded {
  readonly date: string;
  readonly requestSeconds: number;
  readonly entries: readonly {
    readonly id: string;
    readonly version: string;
    /** By the id of the row. */
    readonly verdicts: Readonly<Record<string, string>>;
  }[];
}

export const recordedFile = here("../../checked-libraries.json");

export async function readRecorded(): Promise<Recorded> {
  return JSON.parse(await readFile(recordedFile, "utf8")) as Recorded;
}
