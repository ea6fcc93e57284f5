/** The look of the agent's pages: large, plain, legible in a small window and in the dark. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #16181d; --paper: #ffffff; --soft: #565d6b; --line: #c4c9d2; --field: #f4f6f9;
  --accent: #0b57d0; --on-accent: #ffffff; --alarm: #b3261e; --alarm-paper: #fdeceb;
  --good: #146c2e; --good-paper: #e9f5ec; --calm-paper: #eaf1fb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8eaef; --paper: #17191e; --soft: #a9b0bd; --line: #474d59; --field: #23262d;
    --accent: #a8c7fa; --on-accent: #062e6f; --alarm: #ffb4ab; --alarm-paper: #3b1a18;
    --good: #9fd6ac; --good-paper: #15291b; --calm-paper: #1c2738;
  }
}
* { box-sizing: border-box; }
main { max-width: 44rem; margin: 0 auto; }
[hidden] { display: none !important; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 "Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", "PingFang TC", system-ui, sans-serif;
}
header {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .5rem; padding: .4rem 1.5rem;
  border-bottom: 1px solid var(--line); border-top: .25rem solid var(--accent); background: var(--field); font-size: .9rem;
}
.where { margin-inline-start: auto; }
.where [lang=en] { margin-inline-start: .35em; }
main { padding: .9rem 1.5rem 1.25rem; }
h1 { margin: 0 0 .7rem; font-size: 1.35rem; line-height: 1.35; }
h2 { margin: 0 0 .35rem; font-size: 1rem; }
[lang=en] { color: var(--soft); font-size: .86em; font-weight: 400; }
h1 [lang=en] { font-size: .95rem; margin-inline-start: .5em; }
h2 [lang=en], dt [lang=en], th [lang=en], td [lang=en], label [lang=en], button [lang=en], dd [lang=en] { margin-inline-start: .4em; }
dl dt [lang=en] { display: block; margin: 0; line-height: 1.3; }
p { margin: .35rem 0; }
p [lang=en] { display: block; }
dl {
  display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; align-items: baseline; margin: 0 0 .9rem; padding: .6rem .9rem;
  border: 1px solid var(--line); border-inline-start: .3rem solid var(--accent); border-radius: .4rem;
}
dt { color: var(--soft); font-size: .92rem; }
dd { margin: 0; overflow-wrap: anywhere; font-weight: 700; }
#origin, td { font-family: ui-monospace, "Noto Sans Mono CJK TC", monospace; }
#site { display: block; font-size: 1.15rem; }
#site:empty { display: none; }
#purpose-name:not([hidden]) + #purpose { display: block; color: var(--soft); font: 400 .85rem ui-monospace, "Noto Sans Mono CJK TC", monospace; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; margin-bottom: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .15rem .5rem .15rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
tbody tr:last-child > * { border-bottom: 0; }
th { width: 38%; font-weight: 500; color: var(--soft); }
th [lang=en] { overflow-wrap: anywhere; }
#slots { margin: 1rem 0; font-size: 1rem; }
#slots th, #slots td { width: auto; padding-block: .45rem; }
#slots td:first-child { width: 52%; }
.content { max-height: 8.5rem; overflow: auto; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--field); }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
details { margin: .3rem 0 .6rem; }
summary { cursor: pointer; }
.field { margin: .75rem 0 0; }
.hint { margin: .2rem 0 0; font-size: .92rem; line-height: 1.45; overflow-wrap: anywhere; }
#reader { color: var(--soft); }
label { font-weight: 700; }
select, input[type=password] {
  display: block; width: 100%; margin-top: .25rem; padding: .5rem .65rem; font: inherit; color: inherit;
  background: var(--field); border: 1px solid var(--soft); border-radius: .4rem;
}
input[type=password] { font-size: 1.3rem; letter-spacing: .25em; }
[aria-invalid=true] { border-color: var(--alarm); border-width: 2px; }
.tick { display: flex; gap: .5rem; align-items: start; margin-top: .6rem; }
.tick input { width: 1.2rem; height: 1.2rem; margin-top: .2rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alarm, .good, .calm { margin: .6rem 0; padding: .55rem .85rem; border-inline-start: .3rem solid var(--accent); border-radius: .2rem; background: var(--calm-paper); }
.alarm { border-color: var(--alarm); background: var(--alarm-paper); color: var(--alarm); font-weight: 700; }
.good { border-color: var(--good); background: var(--good-paper); color: var(--good); font-weight: 700; }
.calm:empty { display: none; }
.alarm [lang=en], .good [lang=en] { color: inherit; }
.buttons { display: flex; gap: .75rem; margin-top: .9rem; }
button { flex: 1; padding: .65rem 1rem; font: inherit; font-weight: 700; border-radius: .4rem; border: 1px solid var(--soft); background: transparent; color: inherit; cursor: pointer; }
button[type=submit] { flex: 2; background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button[type=submit] [lang=en] { color: inherit; }
button:hover:not(:disabled) { filter: brightness(.94); }
button:disabled { opacity: .55; cursor: progress; }
@media (max-width: 24rem) {
  header { padding-inline: 1rem; }
  main { padding: 1rem; }
  dl { display: block; }
  dt:not(:first-child) { margin-top: .4rem; }
  h1 [lang=en], th [lang=en] { display: block; margin: 0; }
  #slots { font-size: .92rem; }
}
`;
