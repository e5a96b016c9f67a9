// A chart of ratios: a bar for each variant of each job, to the right of honnin if it takes longer. Logarithmic.
import type { EnvironmentName } from "../environments/environment.ts";
import type { Results } from "../results.ts";
import { honnin, ratioIn } from "../targets.ts";
import { ratioText } from "./format.ts";

export interface Group {
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly ratio: number }[];
}

const width = 860;
const left = 250;
const right = 90;
const line = 18;

export function chartOf({ jobs }: Results, environment: EnvironmentName): string {
  const groups = jobs
    .filter((one) => one.environment === environment)
    .map(({ title, rows }): Group => {
      const bars = rows.flatMap(({ name }) => {
        const ratio = name === honnin ? undefined : ratioIn(rows, name);
        return ratio === undefined ? [] : [{ name, ratio }];
      });
      return { title, bars: bars.sort((one, other) => one.ratio - other.ratio) };
    });
  return chart(`Time of other libraries in ${environment}, as a multiple of honnin's`, groups);
}

export function chart(title: string, groups: readonly Group[]): string {
  const ratios = groups.flatMap(({ bars }) => bars.map(({ ratio }) => ratio));
  const low = Math.floor(Math.log10(Math.min(1, ...ratios)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(1, ...ratios))));
  const at = (ratio: number) => left + ((Math.log10(ratio) - low) / (high - low)) * (width - left - right);

  const parts: string[] = [];
  let y = 58;
  for (const { title, bars } of groups) {
    parts.push(text(16, y + 4, title, "group"));
    y += line + 6;
    for (const { name, ratio } of bars) {
      const [from, to] = [Math.min(at(1), at(ratio)), Math.max(at(1), at(ratio))];
      const kind = ratio >= 1 ? "slower" : "faster";
      const length = Math.max(1, to - from).toFixed(1);
      parts.push(text(left - 8, y + 4, name, "name"));
      parts.push(`<rect class="${kind}" x="${from.toFixed(1)}" y="${y - 7}" width="${length}" height="12"/>`);
      parts.push(text(to + 5, y + 4, ratioText(ratio), "value"));
      y += line;
    }
    y += 10;
  }
  const height = y + 24;
  const ticks = Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step)).map((ratio) => {
    const x = at(ratio).toFixed(1);
    const kind = ratio === 1 ? "own" : "grid";
    return `<line class="${kind}" x1="${x}" y1="44" x2="${x}" y2="${y}"/>${text(at(ratio), y + 16, `${ratio}×`, "tick")}`;
  });
  const description = groups
    .map(
      ({ title, bars }) =>
        `${title}: ${bars.map(({ name, ratio }) => `${name} ${ratioText(ratio)}`).join(", ")}.`,
    )
    .join(" ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(description)}</desc>
<style>
svg { --paper: #ffffff; --ink: #1f2328; --soft: #59636e; --grid: #d1d9e0; --slower: #2f6fb0; --faster: #b35900; }
@media (prefers-color-scheme: dark) {
svg { --paper: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --grid: #3d444d; --slower: #6cb0f0; --faster: #f0a35a; }
}
text { font: 12px system-ui, sans-serif; fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
.heading { font-size: 15px; font-weight: 600; }
.group { font-weight: 600; }
.name { text-anchor: end; }
.tick, .value { fill: var(--soft); }
.tick { text-anchor: middle; }
.grid { stroke: var(--grid); }
.own { stroke: var(--ink); }
.slower { fill: var(--slower); }
.faster { fill: var(--faster); }
</style>
<rect width="${width}" height="${height}" fill="var(--paper)"/>
${text(16, 26, title, "heading")}
${ticks.join("\n")}
${parts.join("\n")}
</svg>
`;
}

const text = (x: number, y: number, content: string, kind: string) =>
  `<text class="${kind}" x="${x.toFixed(1)}" y="${y}">${escaped(content)}</text>`;

const escaped = (content: string) =>
  content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
