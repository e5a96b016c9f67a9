import { cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { type Environment, NotPossible, type Place } from "../environment.ts";
import type { Project } from "../project.ts";
import { ask, read, visit } from "../visit.ts";

const brokenEdge =
  "Next.js 16.4.6 with webpack does not find the manifest of a route handler in the edge runtime (route_client-reference-manifest.js), with or without honnin";

interface Version {
  readonly major: string;
  readonly next: string;
  /** The file of what runs before the routes. */
  readonly before: "middleware" | "proxy";
}

class Run {
  readonly #version: Version;
  readonly #project: Project;
  readonly #place: Place;
  readonly #bundler: string;

  constructor(version: Version, project: Project, place: Place, bundler: string) {
    this.#version = version;
    this.#project = project;
    this.#place = place;
    this.#bundler = bundler;
    const file = project.at("middleware.js");
    if (existsSync(file)) renameSync(file, project.at(`${version.before}.js`));
  }

  get #hasEdge() {
    return this.#version.next !== "16.4.6" || this.#bundler !== "webpack";
  }

  /** All places of a running server. */
  async #visit(origin: string, what: string) {
    await this.#place(`route handler, ${what}`, "server", () => ask(`${origin}/six`));
    await this.#place(`edge route handler, ${what}`, "server", async () => {
      if (!this.#hasEdge) throw new NotPossible(brokenEdge);
      return read(`${origin}/edge`);
    });
    await this.#place(`${this.#version.before}, ${what}`, "server", () => read(`${origin}/before`));
    await this.#place(`client component, ${what}`, "page", () => visit(`${origin}/`));
  }

  /** Next.js 15 uses webpack, and has no flag for it. */
  #next(command: string): string[] {
    const flag = this.#version.major === "15" && this.#bundler === "webpack" ? [] : [`--${this.#bundler}`];
    return [this.#project.bin("next"), command, ...flag];
  }

  async development(): Promise<void> {
    rmSync(this.#project.at(".next"), { recursive: true, force: true });
    const args = [...this.#next("dev"), "--port={port}", "--hostname=127.0.0.1"];
    await this.#project.serve(args, ({ origin }) => this.#visit(origin, "dev"));
  }

  async standalone(): Promise<void> {
    const project = this.#project;
    if (!this.#hasEdge) renameSync(project.at("app", "edge"), project.at("edge"));
    rmSync(project.at(".next"), { recursive: true, force: true });
    await project.runNode(this.#next("build"));
    if (!this.#hasEdge) renameSync(project.at("edge"), project.at("app", "edge"));
    const built = project.at(".next", "standalone", ".next", "static");
    cpSync(project.at(".next", "static"), built, { recursive: true });
    const env = { PORT: "{port}", HOSTNAME: "127.0.0.1" };
    await project.elsewhere([".next", "standalone"], (deployed) =>
      deployed.serve(["server.js"], ({ origin }) => this.#visit(origin, "standalone"), { env }),
    );
  }
}

const environment = (version: Version, bundler: string): Environment => ({
  name: `next-${version.major}-${bundler}`,
  folder: `next-${version.major}`,
  title: `Next.js ${version.major}, ${bundler}`,
  files: new URL("./", import.meta.url),
  packages: { next: version.next, react: "19.3.1", "react-dom": "19.3.1" },
  async run(project, place) {
    const run = new Run(version, project, place, bundler);
    await run.standalone();
    await run.development();
  },
});

const versions: readonly Version[] = [
  { major: "15", next: "15.5.29", before: "middleware" },
  { major: "16", next: "16.4.6", before: "proxy" },
];

export default versions.flatMap((version) =>
  ["webpack", "turbopack"].map((bundler) => environment(version, bundler)),
);
