/** The only style sheet of the pages. The Content Security Policy allows it by its hash. */
export const style = `
:root { color-scheme: light dark; --ink: #1d2433; --soft: #566077; --paper: #fff; --ground: #eef1f6; --line: #d6dce7; --accent: #1a56b0; --on-accent: #fff; --warn: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9edf5; --soft: #a9b4c8; --paper: #1b2130; --ground: #11151f; --line: #364057; --accent: #8db6ff; --on-accent: #0c1a33; --warn: #ff8a80; }
}
* { box-sizing: border-box; }
html { background: var(--ground); }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.25rem; color: var(--ink);
  font: 1rem/1.75 system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif; overflow-wrap: anywhere; }
main { width: 100%; max-width: 34rem; padding: 1.75rem 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; }
h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.45; word-break: auto-phrase; }
p, ul { margin: 0 0 1rem; }
ul { padding-left: 1.25rem; }
li + li { margin-top: .5rem; }
.links { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0 0; }
.links a { display: inline-block; min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--accent); border-radius: .625rem;
  color: var(--accent); font-weight: 600; text-align: center; text-decoration: none; }
.links a:first-child { background: var(--accent); color: var(--on-accent); }
.links button { min-height: 2.75rem; padding: .5rem 1.25rem; border: 1px solid var(--accent); border-radius: .625rem;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
.links button.quiet { background: none; color: var(--accent); }
ol { margin: 0 0 1rem; padding-left: 1.5rem; }
dl { margin: 0 0 1rem; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0 0 .5rem; font-weight: 600; }
.warning { margin: 0 0 1rem; padding: .75rem 1rem; border-left: .25rem solid var(--warn); background: var(--ground); }
.links + .links { margin-top: .75rem; }
.warning p:last-child { margin: 0; }
.warning .links { margin: 1rem 0; }
.number { margin: 1rem 0; font: 600 2.5rem/1.2 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; letter-spacing: .15em; text-align: center; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.code { margin: 1.5rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
@media (max-width: 30rem) { .links a, .links button { width: 100%; } }
`;
