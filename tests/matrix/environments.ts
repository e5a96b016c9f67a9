// The environments, in the order of the table.
import astro from "./astro/environment.ts";
import browsers from "./browsers/environment.ts";
import bun from "./bun/environment.ts";
import cloudflareVite from "./cloudflare-vite/environment.ts";
import deno from "./deno/environment.ts";
import type { Environment } from "./environment.ts";
import esbuild from "./esbuild/environment.ts";
import hono from "./hono/environment.ts";
import jest from "./jest/environment.ts";
import next from "./next/environment.ts";
import nitro from "./nitro/environment.ts";
import node from "./node/environment.ts";
import parcel from "./parcel/environment.ts";
import rolldown from "./rolldown/environment.ts";
import rollup from "./rollup/environment.ts";
import sveltekit from "./sveltekit/environment.ts";
import vite from "./vite/environment.ts";
import vitest from "./vitest/environment.ts";
import webpack from "./webpack/environment.ts";
import workerd from "./workerd/environment.ts";
import workers from "./workers/environment.ts";
import wrangler from "./wrangler/environment.ts";

export const environments: readonly Environment[] = [
  ...[...node, ...deno, ...bun],
  ...[...workerd, ...wrangler, ...cloudflareVite],
  ...[...next, ...astro, ...sveltekit, ...nitro, ...hono],
  ...[...vite, ...webpack, ...rollup, ...rolldown, ...esbuild, ...parcel],
  ...[...browsers, ...workers],
  ...[...vitest, ...jest],
];
