/** The style sheet of the HTML report: system fonts, two colour schemes, readable in print. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1f2328, #e6edf3); --quiet: light-dark(#59636e, #9198a1);
  --paper: light-dark(#ffffff, #0d1117); --panel: light-dark(#f6f8fa, #151b23); --rule: light-dark(#d1d9e0, #3d444d);
  --red: light-dark(#cf222e, #ff7b72); --yellow: light-dark(#9a6700, #e3b341); --green: light-dark(#1a7f37, #56d364);
  --cyan: light-dark(#0969da, #79c0ff); --grey: var(--quiet); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; color: var(--ink); background: var(--paper);
  font: 16px/1.55 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; }
header { padding: 1.25rem 1.5rem; border: 1px solid var(--rule); border-left: .5rem solid var(--edge); border-radius: .5rem;
  background: var(--panel); }
.edge-red { --edge: var(--red); } .edge-yellow { --edge: var(--yellow); } .edge-green { --edge: var(--green); }
.edge-cyan { --edge: var(--cyan); } .edge-grey { --edge: var(--grey); }
h1 { margin: 0; font-size: 1.75rem; color: var(--edge); } h1 span { color: var(--ink); font-weight: 500; }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.25rem; } h3 { margin: 1rem 0 .5rem; font-size: 1.05rem; }
h4 { margin: 1rem 0 .25rem; font-size: .9rem; color: var(--quiet); }
p { margin: .4rem 0; } ul, ol { margin: .25rem 0; padding-left: 1.5rem; }
.headline { font-size: 1.15rem; font-weight: 600; } .quiet { color: var(--quiet); font-size: .9rem; }
.steps { list-style: none; padding: 0; } .steps li { padding: .2rem 0; } .steps b { display: inline-block; width: 1.25rem; }
.red { color: var(--red); } .yellow { color: var(--yellow); } .green { color: var(--green); } .cyan { color: var(--cyan); }
.grey { color: var(--grey); }
article { margin: 1rem 0; padding: .25rem 1.25rem 1rem; border: 1px solid var(--rule); border-left: .35rem solid var(--edge);
  border-radius: .5rem; }
mark { background: none; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .92rem; }
th, td { padding: .35rem .75rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
thead th { color: var(--quiet); font-weight: 600; } .mark { text-align: center; font-weight: 700; }
code, pre { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: .5rem 0; padding: .75rem 1rem; white-space: pre-wrap; border: 1px solid var(--rule); border-radius: .375rem;
  background: var(--panel); user-select: all; }
header pre { background: var(--paper); } summary { cursor: pointer; margin-top: .75rem; font-weight: 600; }
footer { margin-top: 2.5rem; color: var(--quiet); font-size: .85rem; }
@media print { details > pre { display: block; } body { max-width: none; } }
`
