// What the tests need on the machine besides Rust and Node: looked for, or installed by apt where that is possible.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure, has, run } from "./process.mjs";

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

const found = () => (places[process.platform] ?? []).find((path) => existsSync(path));

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

/** The path of a Chromium; on a Debian root shell a missing one is installed, elsewhere it is asked for. */
export async function chromium() {
  const chosen = process.env.HONNIN_CHROMIUM;
  if (chosen) {
    if (!existsSync(chosen)) throw new Failure(`HONNIN_CHROMIUM names ${chosen}, which does not exist.`);
    return chosen;
  }
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

/** Whether OpenSSL's library can be compiled against; on a Debian root shell it is installed. */
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

/** OpenSSL's command, against which certificates are compared. */
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
