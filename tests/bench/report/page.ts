// The generated part of docs/performance.md.
import type { Machine, Results } from "../results.ts";
import { honnin, outcomes } from "../targets.ts";
import { bytesText, figure, memoryText, ratioText, table } from "./format.ts";
import { rowsTable } from "./rows.ts";
import { targetsTable } from "./targets.ts";

export function page(results: Results): string {
  const parts = [
    machineText(results.machine),
    ...results.missing.map(({ name, reason }) => `${name}: ${reason}.`),
    `## Targets\n\n${targetsTable(outcomes(results), results.missing)}`,
    ...jobTexts(results),
    ...nativeTexts(results),
    ...coldTexts(results),
    ...growthTexts(results),
    ...memoryTexts(results),
    ...bytesTexts(results),
  ];
  return parts.join("\n\n");
}

function machineText({ date, cpu, cores, memoryBytes, system, rounds, least, versions }: Machine): string {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return (
    `Measured on ${date}: ${cpu}, ${cores} cores, ${memoryText(memoryBytes)}, ${system}. ${rounds} rounds of at least ${least} ms.` +
    ` Versions: ${named.join(", ")}.`
  );
}

function jobTexts({ jobs }: Results): string[] {
  const texts: string[] = [];
  for (const name of new Set(jobs.map(({ job }) => job))) {
    const some = jobs.filter(({ job }) => job === name);
    const tables = some.map(
      ({ environment, rows }) => `### ${environment}: ${name}\n\n${rowsTable(rows, "µs")}`,
    );
    texts.push(`## ${capital(some[0]?.title ?? name)}`, ...tables);
  }
  return texts;
}

function nativeTexts({ native }: Results): string[] {
  if (native.length === 0) return [];
  const tables = native.map(({ title, rows }) => {
    const bytes = rows.filter((row) => row.bytes !== undefined);
    const memory = bytes.map(({ name, bytes = 0 }) => `${name} ${memoryText(bytes)}`).join(", ");
    const peak = memory === "" ? "" : `\n\nPeak of allocated memory: ${memory}.`;
    return `### ${capital(title)}\n\n${rowsTable(rows, "µs")}${peak}`;
  });
  return ["## Native", ...tables];
}

function coldTexts({ cold }: Results): string[] {
  if (cold.length === 0) return [];
  const tables = cold.map(({ title, rows }) => `### ${capital(title)}\n\n${rowsTable(rows, "ms")}`);
  return ["## Cold start", ...tables];
}

function growthTexts({ growth }: Results): string[] {
  if (growth.length === 0) return [];
  const tables = growth.map(({ title, of, names, points }) => {
    const others = names.filter((name) => name !== honnin);
    const rows = points.map(({ at, values }) => {
      const own = values[honnin];
      return [at.toLocaleString("en"), ...others.map((name) => against(own, values[name])), text(own)];
    });
    const heads = [of, ...others.map((name) => `${name}, × honnin (µs)`), "honnin, µs"];
    return `### ${capital(title)}\n\n${table(heads, rows)}`;
  });
  return ["## Growth", ...tables];
}

const text = (value: number | string | undefined) =>
  typeof value === "number" ? figure(value) : (value ?? "–");

const against = (own: number | string | undefined, other: number | string | undefined) =>
  typeof own === "number" && typeof other === "number"
    ? `${ratioText(other / own)} (${figure(other)})`
    : text(other);

function memoryTexts({ memory }: Results): string[] {
  if (memory.length === 0) return [];
  const of = (bytes: number | undefined, input: number | undefined) =>
    bytes === undefined || input === undefined ? "–" : `${figure(bytes / input)}×`;
  const rows = memory.map(({ environment, job, name, bytes, linear, input }) => [
    name,
    job,
    environment,
    memoryText(bytes),
    of(bytes, input),
    linear === undefined ? "–" : memoryText(linear),
    of(linear, input),
  ]);
  const heads = ["variant", "job", "in", "peak", "of the input", "linear memory", "of the input"];
  return ["## Peak memory", table(heads, rows)];
}

function bytesTexts({ bytes }: Results): string[] {
  if (bytes.length === 0) return [];
  const sizes = bytes.map(({ name, raw, gzip, brotli }) => [
    name,
    bytesText(raw),
    bytesText(gzip),
    bytesText(brotli),
  ]);
  const brotliOf = (id: string) => bytes.find((one) => one.id === id)?.brotli ?? 0;
  const [module, script] = [brotliOf("id-token.wasm"), brotliOf("verifyIdToken")];
  const total = (name: string, one: number, other: number) => [
    name,
    bytesText(one),
    bytesText(other),
    bytesText(one + other),
  ];
  // Of the last version that had one module only.
  const before = total("28 November 2026", 205_699, 6_691);
  const pages = table(
    ["login page, brotli", "module", "JavaScript", "together"],
    [before, total("now", module, script)],
  );
  return ["## Bytes over the wire", pages, table(["minified bundle", "raw", "gzip", "brotli"], sizes)];
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
