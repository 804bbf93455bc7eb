/** The page's one style sheet. Colours have a contrast of 4.5 and more in both schemes. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2330; --quiet: #555e70; --paper: #fff; --panel: #f3f5f9; --line: #d5dae4; --accent: #0b57b0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8f0; --quiet: #a9b2c3; --paper: #14171e; --panel: #1e232d; --line: #363d4b; --accent: #8ab8ff; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 1rem/1.55 system-ui, sans-serif; }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--paper); }
.skip:focus { left: 0; z-index: 1; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.layout { display: grid; grid-template-columns: minmax(0, 18rem) minmax(0, 1fr); max-width: 84rem; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; font-size: .9rem; }
nav ul { margin: 0 0 1rem; padding: 0; list-style: none; }
nav a { display: block; padding: .2rem .5rem; text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav p { margin: 0; padding: 0 .5rem; color: var(--quiet); font-weight: 600; }
main { padding: 1.5rem; }
h1, h2, h3, h4 { line-height: 1.25; }
h2 { margin-top: 3rem; padding-top: 1rem; border-top: 2px solid var(--line); }
article { margin: 2.5rem 0; }
h3 { margin-bottom: .25rem; }
.route { margin: 0 0 .75rem; font-size: 1.05rem; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 3.5rem; padding: .1rem .5rem; border: 1px solid currentColor; border-radius: .3rem; color: var(--accent); font-weight: 700; text-align: center; }
code, pre { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; }
code { overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .75rem 1rem; overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; }
table { width: 100%; margin: .5rem 0 1rem; border-collapse: collapse; font-size: .93rem; }
caption { padding: .25rem 0; font-weight: 600; text-align: left; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td p, td ul { margin: 0; }
td ul { padding-left: 1.1rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; font-weight: 600; }
.quiet { color: var(--quiet); font-weight: 400; }
@media (max-width: 56rem) { .layout { display: block; } nav { position: static; max-height: none; } }
@media print { nav { display: none; } .layout { display: block; } }
`;
