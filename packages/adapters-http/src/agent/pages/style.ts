/** The look of the agent's pages: large, plain, legible in a small window and in the dark. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #16181d; --paper: #ffffff; --soft: #565d6b; --line: #c4c9d2; --field: #f4f6f9;
  --accent: #0b57d0; --on-accent: #ffffff; --alarm: #b3261e; --alarm-paper: #fdeceb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8eaef; --paper: #17191e; --soft: #a9b0bd; --line: #474d59; --field: #23262d;
    --accent: #a8c7fa; --on-accent: #062e6f; --alarm: #ffb4ab; --alarm-paper: #3b1a18;
  }
}
* { box-sizing: border-box; }
main { max-width: 44rem; margin: 0 auto; }
[hidden] { display: none !important; }
body {
  margin: 0; padding: 1.25rem 1.5rem 1.5rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 "Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", "PingFang TC", system-ui, sans-serif;
}
h1 { margin: 0 0 .75rem; font-size: 1.35rem; }
h2 { margin: 0 0 .35rem; font-size: 1rem; }
[lang=en] { color: var(--soft); font-size: .86em; font-weight: 400; }
h1 [lang=en], h2 [lang=en], dt [lang=en], label [lang=en] { margin-inline-start: .35em; }
p { margin: .35rem 0; }
p [lang=en] { display: block; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: 0 0 1rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
#origin, td { font-family: ui-monospace, "Noto Sans Mono CJK TC", monospace; }
#site { display: block; font-weight: 700; font-size: 1.1rem; }
#origin { font-weight: 700; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; margin-bottom: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .15rem .5rem .15rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { width: 9.5rem; font-weight: 500; color: var(--soft); }
.content { max-height: 14rem; overflow: auto; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--field); }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
details { margin: .4rem 0 1rem; }
summary { cursor: pointer; }
.field { margin: .9rem 0 0; }
label { font-weight: 700; }
select, input[type=password] {
  display: block; width: 100%; margin-top: .25rem; padding: .5rem .65rem; font: inherit; color: inherit;
  background: var(--field); border: 1px solid var(--soft); border-radius: .4rem;
}
input[type=password] { font-size: 1.3rem; letter-spacing: .25em; }
.tick { display: flex; gap: .5rem; align-items: start; margin-top: .6rem; }
.tick input { width: 1.2rem; height: 1.2rem; margin-top: .2rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alarm { padding: .5rem .75rem; border-inline-start: .3rem solid var(--alarm); background: var(--alarm-paper); color: var(--alarm); font-weight: 700; }
.alarm [lang=en] { color: inherit; }
.buttons { display: flex; gap: .75rem; margin-top: 1.1rem; }
button { flex: 1; padding: .65rem 1rem; font: inherit; font-weight: 700; border-radius: .4rem; border: 1px solid var(--soft); background: transparent; color: inherit; cursor: pointer; }
button[type=submit] { flex: 2; background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button[type=submit] [lang=en] { color: inherit; }
button:disabled { opacity: .55; cursor: progress; }
`;
