/** A function, because there are no style sheets where pages are rendered on a server. */
export function styleSheet(): CSSStyleSheet {
  shared ??= sheetOf(css);
  return shared;
}

export function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

let shared: CSSStyleSheet | undefined;

// `light-dark()` follows the colour scheme of the page, not of the system: an element must not be dark on a page that is not.
const css = `
:host{display:block;max-inline-size:32rem;overflow-wrap:anywhere;line-break:strict}
:host([hidden]){display:none}
*,*::before,*::after{box-sizing:border-box}
.frame{
--a:#17695b;--s:#0f5347;--o:#fff;--b:#fff;--i:#1f2a2e;--m:#525f66;--l:#8b979b;--e:#a2312a;--n:#fcf1d8;--w:#6d4400;--f:#b04a12;
--accent:var(--honnin-accent,var(--a));--strong:var(--honnin-accent-strong,var(--s));--on-accent:var(--honnin-on-accent,var(--o));
--surface:var(--honnin-surface,var(--b));--ink:var(--honnin-ink,var(--i));--muted:var(--honnin-muted,var(--m));
--line:var(--honnin-line,var(--l));--error:var(--honnin-error,var(--e));--notice:var(--honnin-notice,var(--n));
--notice-ink:var(--honnin-notice-ink,var(--w));--focus:var(--honnin-focus,var(--f));--radius:var(--honnin-radius,.75rem);
display:grid;gap:1rem;line-height:1.7}
@supports (color:light-dark(#000,#fff)){.frame{
--a:light-dark(#17695b,#74d3bf);--s:light-dark(#0f5347,#93e3d1);--o:light-dark(#fff,#06231d);--b:light-dark(#fff,#1b2427);
--i:light-dark(#1f2a2e,#e7ecec);--m:light-dark(#525f66,#a9b6b9);--l:light-dark(#8b979b,#7f9095);--e:light-dark(#a2312a,#ff9d93);
--n:light-dark(#fcf1d8,#33290f);--w:light-dark(#6d4400,#f2cb7e);--f:light-dark(#b04a12,#ffb27a)}}
p,ol{margin:0;padding:0}
[hidden],.advice:empty{display:none!important}
[part~=screen]{display:grid;gap:.75rem}
[part~=panel]{padding:1.25rem;border:1px solid var(--line);border-radius:var(--radius);background:var(--surface);color:var(--ink)}
[part~=title]{font-size:1.125em;font-weight:700;line-height:1.4}
[part~=title]:lang(ja){word-break:auto-phrase}
[part~=title]:focus{outline:none}
[part~=steps]{padding-inline-start:1.5em;color:var(--muted);font-size:.875em}
[part~=hint]{font-size:.875em}
[part~=panel] [part~=hint],[part~=code]{color:var(--muted)}
[part~=code]{font-size:.875em}
[part~=button],[part~=secondary]{display:inline-flex;align-items:center;justify-content:center;gap:.625rem;min-block-size:3rem;
margin:0;padding:.5rem 1.5rem;border:2px solid transparent;border-radius:var(--radius);font:inherit;font-weight:700;line-height:1.4;
text-align:center;text-decoration:none;cursor:pointer}
[part~=button]{background:var(--accent);color:var(--on-accent)}
[part~=button]:hover{background:var(--strong)}
[part~=secondary]{border-color:var(--accent);background:var(--surface);color:var(--accent)}
[part~=secondary]:hover{border-color:var(--strong);color:var(--strong)}
[part~=button][aria-disabled=true]{cursor:default;opacity:.75}
[part~=link]{display:inline-flex;align-items:center;min-block-size:2.75rem;padding:0 .25rem;border:0;background:none;
color:var(--accent);font:inherit;text-decoration:underline;text-underline-offset:.2em;cursor:pointer}
.outside [part~=link]{color:inherit}
[part~=actions]{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.25rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:3px;border-radius:4px}
[part~=button]:focus-visible,[part~=secondary]:focus-visible{border-radius:var(--radius)}
.icon{flex:none;inline-size:1.375em;block-size:1.375em}
.icon .line{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.code{display:grid;justify-items:start;gap:.5rem}
[part~=qr]{display:block;inline-size:var(--honnin-qr-size,13rem);block-size:auto;max-inline-size:100%;border-radius:4px;
background:#fff;forced-color-adjust:none}
.blank{inline-size:var(--honnin-qr-size,13rem);max-inline-size:100%;aspect-ratio:1;border-radius:4px;background:#fff}
[part~=time]{font-variant-numeric:tabular-nums}
form{display:grid;justify-items:start;gap:.5rem;margin:0}
[part~=label]{font-weight:700}
.row{display:flex;flex-wrap:wrap;gap:.75rem;inline-size:100%}
[part~=number]{inline-size:11rem;max-inline-size:100%;min-block-size:3rem;padding:.25rem .75rem;border:2px solid var(--line);
border-radius:var(--radius);background:var(--surface);color:var(--ink);font:inherit;font-size:1.5em;font-variant-numeric:tabular-nums;
letter-spacing:.2em}
[part~=number][aria-invalid=true]{border-color:var(--error)}
[part~=problem]{color:var(--error);font-weight:700}
[part~=trouble],[part~=notice]{padding:.75rem 1rem;border:1px solid var(--notice-ink);border-radius:var(--radius);
background:var(--notice);color:var(--notice-ink)}
.working{display:flex;gap:.75rem}
.spinner{flex:none;margin-block-start:.25em;inline-size:1.25rem;block-size:1.25rem;border:3px solid var(--line);border-block-start-color:var(--accent);border-radius:50%}
.live{position:absolute;inline-size:1px;block-size:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:no-preference){
.spinner{animation:turn 1.2s linear infinite}
[part~=button],[part~=secondary]{transition:background-color .15s,border-color .15s,color .15s}}
@keyframes turn{to{rotate:1turn}}
@media (prefers-contrast:more){
.frame{--muted:var(--ink);--line:var(--ink)}
[part~=panel],[part~=trouble],[part~=notice]{border-width:2px}}
@media (forced-colors:active){
[part~=button],[part~=secondary]{border-color:ButtonText}
.spinner{border-color:CanvasText;border-block-start-color:Highlight}}
@media (max-width:30rem){
[part~=button],[part~=secondary]{inline-size:100%}}
`;
