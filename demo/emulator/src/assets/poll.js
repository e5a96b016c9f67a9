// Waits for the other device: asks every second whether there is something new, and shows it.
const main = document.querySelector("main[data-poll]");

/** If both pages have the same number of live parts, changes only those, so that text being typed elsewhere stays. */
async function update(page) {
  const response = await fetch(page, { headers: { accept: "text/html" } });
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  const [oldLive, newLive] = [main, next].map((root) => [...root.querySelectorAll("[data-live]")]);
  if (!response.ok || oldLive.length === 0 || oldLive.length !== newLive.length)
    return location.replace(page);
  const focused = document.activeElement;
  const focusLost = focused === document.body || oldLive.some((part) => part.contains(focused));
  for (const [index, part] of oldLive.entries()) part.replaceWith(document.adoptNode(newLive[index]));
  main.dataset.state = next.querySelector("main")?.dataset.state;
  if (focusLost && main.dataset.state === "number") document.getElementById("number")?.focus();
}

/** Whatever fails in it is left to the next time. */
async function ask() {
  const { poll, page, state } = main.dataset;
  try {
    const response = await fetch(poll, { headers: { accept: "application/json" } });
    if (!response.ok) return location.replace(page);
    const answer = await response.json();
    if (answer.next) return location.replace(answer.next);
    if (answer.state !== state) await update(page);
  } catch {
    // The network may come back; the page's button works without this script.
  }
  setTimeout(() => void ask(), 1000);
}

if (main) setTimeout(() => void ask(), 1000);
