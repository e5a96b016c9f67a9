// Waits for the other device: asks every second whether there is something new, and shows it.
const main = document.querySelector("main[data-poll]");

/** Changes only the live part where both pages have one, so that what is being typed beside it stays. */
async function update(page) {
  const response = await fetch(page, { headers: { accept: "text/html" } });
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  const [oldLive, newLive] = [main.querySelector("[data-live]"), next.querySelector("[data-live]")];
  if (!response.ok || !oldLive || !newLive) return location.replace(page);
  const focusLost = oldLive.contains(document.activeElement) || document.activeElement === document.body;
  oldLive.replaceWith(document.adoptNode(newLive));
  main.dataset.state = next.querySelector("main")?.dataset.state;
  if (focusLost && main.dataset.state === "number") document.getElementById("number")?.focus();
}

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
  setTimeout(ask, 1000);
}

if (main) setTimeout(ask, 1000);
