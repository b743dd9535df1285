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
.field { margin: 1rem 0 .25rem; font-size: .9rem; color: var(--quiet); }
p { margin: .4rem 0; } ul, ol { margin: .25rem 0; padding-left: 1.5rem; }
.headline { font-size: 1.15rem; font-weight: 600; } header .field { font-size: 1rem; color: var(--ink); } .quiet { color: var(--quiet); font-size: .9rem; }
.steps { list-style: none; padding: 0; } .steps li { display: flex; padding: .2rem 0; } .steps b { flex: none; width: 1.25rem; }
.paste { position: relative; } .copy { position: absolute; top: .4rem; right: .4rem; padding: .1rem .6rem; font-size: .8rem; cursor: pointer; }
.paste pre { padding-right: 5rem; max-height: 26rem; overflow: auto; }
#copied { position: fixed; right: 1rem; bottom: 1rem; margin: 0; padding: .5rem 1rem; border-radius: .5rem; color: var(--paper);
  background: var(--ink); } #copied:empty { padding: 0; }
.red { color: var(--red); } .yellow { color: var(--yellow); } .green { color: var(--green); } .cyan { color: var(--cyan); }
.grey { color: var(--grey); }
article { margin: 1rem 0; padding: .25rem 1.25rem 1rem; border: 1px solid var(--rule); border-left: .35rem solid var(--edge);
  border-radius: .5rem; }
mark { background: none; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; }
.wide { position: relative; overflow-x: auto; } table { border-collapse: collapse; font-size: .92rem; }
th, td { padding: .35rem .75rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
.wide th, .wide td { overflow-wrap: normal; } .wide thead th, .wide code, .wide .nowrap { white-space: nowrap; }
tbody th { font-weight: 400; } thead th { color: var(--quiet); font-weight: 600; } .mark { text-align: center; font-weight: 700; }
code, pre { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: .5rem 0; padding: .75rem 1rem; white-space: pre-wrap; border: 1px solid var(--rule); border-radius: .375rem;
  background: var(--panel); user-select: all; }
header pre { background: var(--paper); } header .copy { background: var(--panel); } summary { cursor: pointer; margin-top: .75rem; font-weight: 600; }
.report { margin-top: 1.5rem; border-top: 1px solid var(--rule); } .report > summary { padding: .5rem 0; font-size: 1.1rem; }
header .wide td:last-child { overflow-wrap: anywhere; } @media (min-width: 40rem) { header .wide :is(th, td):not(:last-child) { white-space: nowrap; } }
footer { margin-top: 2.5rem; color: var(--quiet); font-size: .85rem; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; } :focus-visible { outline: 3px solid var(--cyan); outline-offset: 2px; }
svg { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; display: block; max-width: none; }
svg text { fill: var(--ink); } svg .small, svg .head { fill: var(--quiet); font-size: 12px; }
svg .sign { font-size: 16px; font-weight: 700; fill: var(--fill); } svg .cell rect { fill: var(--fill); fill-opacity: .1; stroke: var(--fill);
  stroke-opacity: .55; } svg .cell line { stroke: var(--quiet); stroke-width: 2; }
svg a { outline: none; } svg a:hover rect, svg a:focus-visible rect { fill-opacity: .28; stroke-opacity: 1; stroke-width: 3; }
.fill-red { --fill: var(--red); } .fill-yellow { --fill: var(--yellow); } .fill-green { --fill: var(--green); }
.fill-cyan { --fill: var(--cyan); }
.dot-red { fill: var(--red); } .dot-yellow { fill: var(--yellow); } .dot-green { fill: var(--green); } .dot-cyan { fill: var(--cyan); }
.panel { margin-top: .75rem; padding: .5rem 1rem; border: 1px solid var(--rule); border-radius: .5rem; background: var(--panel); }
.paths { list-style: none; padding: 0; } .paths > li { padding: .35rem .75rem; border-left: .25rem solid transparent; }
.paths > li:target { border-color: var(--cyan); background: var(--panel); }
.timeline .tick { stroke: var(--rule); } .timeline .on-bar { fill: var(--paper); font-weight: 700; }
.bar-provision { fill: var(--grey); background: var(--grey); } .bar-pull { fill: var(--cyan); background: var(--cyan); }
.bar-run { fill: var(--green); background: var(--green); } .bar-failed { fill: var(--red); background: var(--red); }
.timeline .row { fill: transparent; } .timeline a:hover .row, .timeline a:focus-visible .row { fill: var(--panel); stroke: var(--cyan); }
.timeline .small { font-size: 12px; } .nowrap { white-space: nowrap; } header > .quiet { margin-top: 1rem; } .cause, .longest { font-weight: 600; }
article:target, th:target { outline: 3px solid var(--cyan); outline-offset: 2px; }
.key { display: inline-block; width: .8rem; height: .8rem; border-radius: .2rem; margin-left: .6rem; }
fieldset { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; border: 1px solid var(--rule); border-radius: .5rem;
  min-width: 0; margin: 0; } label span { color: var(--quiet); font-size: .9rem; }
select, button { font: inherit; padding: .25rem .5rem; max-width: 100%; color: var(--ink); background: var(--paper);
  border: 1px solid var(--quiet); border-radius: .375rem; }
fieldset p { width: 100%; font-size: .9rem; }
@media (max-width: 40rem) { .paste pre { padding: 2.4rem .75rem .75rem; } body { padding: .75rem; } header { padding: 1rem; } h1 { font-size: 1.4rem; }
  article { padding: .25rem .75rem .75rem; } th, td { padding: .3rem .45rem; } label, select { width: 100%; }
  .wide code { font-size: .75rem; } }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; } .no-print { display: none !important; }
  article { break-inside: avoid; } .paste pre { max-height: none; } .wide { overflow: visible; } svg { max-width: 100%; height: auto; } }
`
