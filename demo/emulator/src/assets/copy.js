// A copy button beside each value; without this script the values can be selected.
for (const list of document.querySelectorAll(".copyable")) {
  for (const code of list.querySelectorAll("dd > code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = list.dataset.copy;
    button.setAttribute("aria-label", `${list.dataset.copy}: ${code.textContent}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = list.dataset.copied;
      setTimeout(() => {
        button.textContent = list.dataset.copy;
      }, 2000);
    });
    code.after(button);
  }
}
