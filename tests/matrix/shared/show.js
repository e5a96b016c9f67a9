/** Shows on the page what `work` gave, as JSON, or its error. */
export async function show(work) {
  const outcome = await work().catch((error) => ({ error: `${error?.code ?? ""} ${error?.stack ?? error}` }));
  const output = document.createElement("output");
  output.id = "outcome";
  output.textContent = JSON.stringify(outcome);
  document.body.append(output);
}
