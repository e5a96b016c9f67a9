/** The number of insertions, deletions and replacements between two names. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

/** The name that was probably meant; `undefined` if none is near. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const typed = given.slice(0, 64);
  // biome-ignore lint/plugin: what people type, for a question back to them
  const same = names.find((name) => name.localeCompare(typed, "en", { sensitivity: "accent" }) === 0);
  if (same !== undefined) return same;
  const [best] = names
    .map((name) => ({ name, far: name.startsWith(typed) && typed !== "" ? 1 : distance(typed, name) }))
    .sort((one, other) => one.far - other.far);
  return best !== undefined && best.far <= Math.min(3, typed.length / 2) ? best.name : undefined;
}
