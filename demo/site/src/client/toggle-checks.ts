/** Opens and closes all checks of a section at once. */
export function wireToggles(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-toggle-checks]"))
    wireToggle(button);
}

function wireToggle(button: HTMLButtonElement): void {
  const checks = button.closest("section")?.querySelectorAll<HTMLDetailsElement>(".check details") ?? [];
  const expand = button.textContent ?? "";
  const collapse = button.dataset.collapse ?? expand;
  let open = false;
  button.hidden = false;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    open = !open;
    for (const check of checks) check.open = open;
    button.textContent = open ? collapse : expand;
    button.setAttribute("aria-expanded", String(open));
  });
}
