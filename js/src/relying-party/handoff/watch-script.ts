/**
 * Loads the phone's page again when the state changes. Constant, so that its hash in the Content Security Policy is: the page's data is in
 * attributes. A server that fails for a moment is asked again. `numbered` and `authorizing` have the same page: a reload between them would
 * stop a slow navigation to the service.
 */
export const watchScript = `
const { watch, state } = document.querySelector("main").dataset;
const page = (name) => name.replace("authorizing", "numbered");
const look = async () => {
  try {
    const response = await fetch(watch, { cache: "no-store" });
    if (response.status < 500 && page((await response.json()).state ?? "") !== page(state)) return location.reload();
  } catch {}
  setTimeout(look, 2000);
};
setTimeout(look, 2000);
`;
