// Figures as text.

const grouped = (value: number, digits: number) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Three digits, or all before the point. */
export function figure(value: number): string {
  if (value >= 100) return grouped(value, 0);
  return grouped(value, value >= 10 ? 1 : 2);
}

export const ratioText = (value: number) => `${figure(value)}×`;

export const bytesText = (value: number) => `${grouped(value, 0)} B`;

/** In the unit that leaves something before the point. */
export function memoryText(value: number): string {
  if (value >= 2 ** 20) return `${grouped(value / 2 ** 20, 1)} MiB`;
  return `${grouped(value / 2 ** 10, 1)} KiB`;
}

/** A table of Markdown. The first column is text, the others are figures. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    line(heads),
    `|${heads.map((_, at) => (at === 0 ? "---" : "---:")).join("|")}|`,
    ...rows.map(line),
  ].join("\n");
}
