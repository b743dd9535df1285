const e=require("./start.js"),t=require("./domain.js"),n=require("./lines.js"),r=require("./report.js"),i=require("./terminal.js");let a=require("node:crypto");function o(t,n,r=``){return`<${t}${r===``?``:` class="${r}"`}>${e.k(n)}</${t}>`}function s(t,n){return`<div class="wide" tabindex="0"><table><thead><tr>${t.map(t=>`<th scope="col">${e.k(t)}</th>`).join(``)}</tr></thead>\n<tbody>${n.map(e=>`<tr>${e.join(``)}</tr>`).join(`
`)}</tbody></table></div>`}const c={broken:60,reachable:24},l={left:208,top:30,column:132,row:40},u={allow:`green`,partial:`yellow`,deny:`red`,unknown:`cyan`};function d({paths:e},t){let n=f(e);return[o(`p`,r.G.mapHint[t],`quiet no-print`),`<div class="wide" tabindex="0">${p(e,n,t)}</div>`,`<div id="hops-here" class="panel no-print" aria-live="polite" hidden></div>`,...y(e,n,t)]}function f(e){let n=e.filter(({outcome:e})=>e!==`reachable`),i=e.filter(({outcome:e})=>e===`reachable`);return[...r.M(n,t.l).slice(0,c.broken),...i.slice(0,c.reachable)]}function p(t,i,a){let s=r.N(t),c=s.columns.slice(0,12),u=m(s.rows).slice(0,40),d=l.left+c.length*l.column,f=l.top+u.length*l.row+4,p=c.map(({destination:t,optional:r},i)=>`<text class="head" text-anchor="middle" x="${l.left+(i+.5)*l.column}" y="18">${e.k(n.a(t,17)+(r?`*`:``))}</text>`),_=u.flatMap((o,s)=>{let u=l.top+s*l.row,d=o.zone+(o.kind===`instance-eni`?` (${r.B.instance[a]})`:``);return[`<text x="0" y="${u+17}">${e.k(n.a(o.subnetId,26))}</text>`,`<text class="small" x="0" y="${u+33}">${e.k(n.a(d,30))}</text>`,...c.flatMap(({destination:e},n)=>{let r=h(t,o,e);return r===void 0?[]:[g(r,i.indexOf(r),l.left+n*l.column,u,a)]})]}),v=s.rows.length-u.length+s.columns.length-c.length;return[`<svg class="map" role="group" aria-labelledby="map-name" width="${d}" height="${f}" viewBox="0 0 ${d} ${f}">`,`<title id="map-name">${r.G.map[a]}</title>`,...p,..._,`</svg>`,v===0?``:o(`p`,r.q(v)[a],`quiet`)].join(`
`)}function m(e){if(e.length<=40)return e;let n=({cells:e})=>Math.min(...e.map(e=>e===null?t.l.length:t.l.indexOf(e)));return e.toSorted((e,t)=>n(e)-n(t))}function h(e,{subnetId:n,zone:r,kind:i},a){return e.filter(({from:e,destination:t})=>e.subnetId===n&&e.availabilityZone===r&&e.kind===i&&t===a).toSorted((e,n)=>t.l.indexOf(e.outcome)-t.l.indexOf(n.outcome))[0]}function g(t,n,a,o,s){let c=r.Y[t.outcome],[u,d]=[i.n[c],i.t[c]],f=[`<title>${e.k(v(t,s))}</title>`,`<rect x="${a+4}" y="${o+3}" width="${l.column-8}" height="${l.row-8}" rx="6"/>`,..._(t,a,o),`<text class="sign" text-anchor="middle" x="${a+l.column-18}" y="${o+24}">${u}</text>`].join(``);return n<0?`<g class="cell fill-${d}" role="img">${f}</g>`:`<a class="cell fill-${d}" href="#path-${n}">${f}</a>`}function _({hops:e,outcome:t},n,a){let o=e.slice(0,10),s=Math.min(14,88/Math.max(1,o.length-1)),c=`<line x1="${n+14}" y1="${a+19}" x2="${n+14+s*Math.max(0,o.length-1)}" y2="${a+19}"/>`;return o.length===0?[`<circle class="dot-${i.t[r.Y[t]]}" cx="${n+14}" cy="${a+19}" r="5"/>`]:[c,...o.map(({decision:e},t)=>`<circle class="dot-${u[e]}" cx="${Math.round(n+14+t*s)}" cy="${a+19}" r="${e===`allow`?4:6}"/>`)]}function v(e,t){let n=e.hops.map(({at:e,id:n,decision:i})=>`${r.W[e][t]}${n===null?``:` ${n}`}: ${r.F[i][t]}`);return[`${e.from.subnetId} → ${e.destination}: ${r.I[e.outcome][t]}`,...n].join(` · `)}function y(e,t,n){let i=t.map((e,t)=>b(e,t,n)),a=t.filter(({outcome:e})=>e!==`reachable`).length,s=e.length-t.length,c=(e,t,n)=>t.length===0?``:`<details${n?` open`:``}>${o(`summary`,e)}<ul class="paths">${t.join(`
`)}</ul></details>`;return[c(r.G.hops[n],i.slice(0,a),a<=2),c(r.G.otherHops[n],i.slice(a),!1),s===0?``:o(`p`,r.q(s)[n],`quiet`)]}function b(t,n,a){let s=r.Y[t.outcome],[c,l]=[i.n[s],i.t[s]],{via:d,host:f,port:p}=t,m=d.kind===`none`?[]:[`${r.K[d.kind][a]}${d.id===null?``:` ${d.id}`}`],h=t.hops.map(({at:t,id:n,decision:i,why:o})=>`<li><b class="${u[i]}">${r.F[i][a]}</b> ${e.k(`${r.W[t][a]}${n===null?``:` ${n}`}`)}: ${e.k(o[a])}</li>`);return[`<li id="path-${n}" tabindex="-1">`,`<p><b class="${l}">${c} ${r.I[t.outcome][a]}</b> ${e.k(`${t.from.subnetId} → ${t.destination}`)} `,`${o(`span`,[`${f}:${p}`,...m].join(` · `),`quiet`)}</p>`,h.length===0?``:`<ol>${h.join(``)}</ol>`,`</li>`].join(``)}function x(e){return`'sha256-${(0,a.createHash)(`sha256`).update(e).digest(`base64`)}'`}Object.defineProperty(exports,"a",{enumerable:!0,get:function(){return d}}),Object.defineProperty(exports,"i",{enumerable:!0,get:function(){return u}}),Object.defineProperty(exports,"n",{enumerable:!0,get:function(){return`
const around = (part) => part.closest('.report') ?? document
for (const form of document.querySelectorAll('[id$=filters]')) {
  const articles = [...around(form).querySelectorAll('article[data-severity]')]
  form.hidden = false
  const show = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value !== '')
    let shown = 0
    for (const article of articles) {
      const fits = chosen.every(([name, value]) => {
        const own = article.dataset[name].split(' ')
        return own[0] === '' || own.includes(value)
      })
      article.hidden = !fits
      if (fits) shown += 1
    }
    form.querySelector('output').textContent = shown
  }
  form.addEventListener('change', show)
  // The event comes before the fields are empty.
  form.addEventListener('reset', (event) => {
    event.preventDefault()
    for (const choice of form.querySelectorAll('select')) choice.value = ''
    show()
  })
  form.addEventListener('submit', (event) => event.preventDefault())
}
const target = (cell) => document.getElementById(cell.getAttribute('href').slice(1))
for (const cell of document.querySelectorAll('.map a')) {
  const panel = around(cell).querySelector('[id$=hops-here]')
  const show = () => {
    const path = target(cell)
    panel.replaceChildren(...[...path.children].map((child) => child.cloneNode(true)))
    panel.hidden = false
  }
  cell.addEventListener('pointerenter', show)
  cell.addEventListener('focus', show)
  cell.addEventListener('click', () => {
    target(cell).closest('details').open = true
  })
}
const said = document.getElementById('copied')
// A page that is opened from a file may be refused the clipboard, and a selection can be copied by hand at least.
const copy = async (code) => {
  getSelection().selectAllChildren(code)
  try {
    await navigator.clipboard.writeText(code.textContent)
    return true
  } catch {
    return document.execCommand('copy')
  }
}
let told = 0
for (const button of document.querySelectorAll('.copy')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const isCopied = await copy(button.parentElement.querySelector('code'))
    clearTimeout(told)
    said.textContent = isCopied ? said.dataset.copied : said.dataset.selected
    told = setTimeout(() => said.replaceChildren(), 4000)
  })
}
let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')]
  for (const one of folded) one.open = true
})
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false
})
`}}),Object.defineProperty(exports,"o",{enumerable:!0,get:function(){return o}}),Object.defineProperty(exports,"r",{enumerable:!0,get:function(){return x}}),Object.defineProperty(exports,"s",{enumerable:!0,get:function(){return s}}),Object.defineProperty(exports,"t",{enumerable:!0,get:function(){return`
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
`}});