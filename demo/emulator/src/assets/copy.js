// Adds a copy button to each value. Without this script, the values can be selected.
// Browsers give the clipboard to secure contexts only: loopback is one, an address of the network over http is not.
for (const list of navigator.clipboard ? document.querySelectorAll(".copyable") : []) {
  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");
  list.after(status);
  for (const code of list.querySelectorAll("dd > code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = list.dataset.copy;
    button.setAttribute("aria-label", `${list.dataset.copy}: ${code.textContent}`);
    const sayCopied = () => {
      button.textContent = list.dataset.copied;
      status.textContent = list.dataset.copied;
      setTimeout(() => {
        button.textContent = list.dataset.copy;
        status.textContent = "";
      }, 2000);
    };
    // Where the browser refuses, the button says nothing; the value can be selected.
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(code.textContent).then(sayCopied, () => undefined);
    });
    code.after(button);
  }
}
