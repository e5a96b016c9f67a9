/** Whether a line has begun and not ended. */
let open = false;

/** Says on the terminal what is being done, and how long it took. The report alone goes to the standard output. */
export async function progress<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  process.stderr.write(`${open ? "\n" : ""}${title} … `);
  open = true;
  const result = await work();
  process.stderr.write(`${open ? "" : `${title} … `}${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  open = false;
  return result;
}
