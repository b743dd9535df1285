import{A as e,B as t,D as n,E as r,M as i,N as a,P as o,R as s,c,d as l,f as u,i as d,j as f,k as p,l as m,m as h,n as ee,o as te,p as ne,t as g,u as re,x as _}from"./report.js";import{n as v,t as y}from"./terminal.js";import{b,x}from"./start.js";import{l as S}from"./domain.js";import{i as C}from"./lines.js";import{x as w}from"./rollout.js";import{t as T}from"./rollout2.js";import{createHash as E}from"node:crypto";function D(e,t,n=``){return`<${e}${n===``?``:` class="${n}"`}>${x(t)}</${e}>`}function O(e,t){return`<div class="wide" tabindex="0"><table><thead><tr>${e.map(e=>`<th scope="col">${x(e)}</th>`).join(``)}</tr></thead>\n<tbody>${t.map(e=>`<tr>${e.join(``)}</tr>`).join(`
`)}</tbody></table></div>`}const k={broken:60,reachable:24},A={left:208,top:30,column:132,row:40},j={allow:`green`,partial:`yellow`,deny:`red`,unknown:`cyan`};function ie({paths:e},t){let n=ae(e);return[D(`p`,u.mapHint[t],`quiet no-print`),`<div class="wide" tabindex="0">${oe(e,n,t)}</div>`,`<div id="hops-here" class="panel no-print" aria-live="polite" hidden></div>`,...N(e,n,t)]}function ae(e){let t=e.filter(({outcome:e})=>e!==`reachable`),n=e.filter(({outcome:e})=>e===`reachable`);return[...te(t,S).slice(0,k.broken),...n.slice(0,k.reachable)]}function oe(e,t,n){let r=g(e),i=r.columns.slice(0,12),a=se(r.rows).slice(0,40),s=A.left+i.length*A.column,c=A.top+a.length*A.row+4,l=i.map(({destination:e,optional:t},n)=>`<text class="head" text-anchor="middle" x="${A.left+(n+.5)*A.column}" y="18">${x(C(e,17)+(t?`*`:``))}</text>`),d=a.flatMap((r,a)=>{let s=A.top+a*A.row,c=r.zone+(r.kind===`instance-eni`?` (${o.instance[n]})`:``);return[`<text x="0" y="${s+17}">${x(C(r.subnetId,26))}</text>`,`<text class="small" x="0" y="${s+33}">${x(C(c,30))}</text>`,...i.flatMap(({destination:i},a)=>{let o=ce(e,r,i);return o===void 0?[]:[le(o,t.indexOf(o),A.left+a*A.column,s,n)]})]}),f=r.rows.length-a.length+r.columns.length-i.length;return[`<svg class="map" role="group" aria-labelledby="map-name" width="${s}" height="${c}" viewBox="0 0 ${s} ${c}">`,`<title id="map-name">${u.map[n]}</title>`,...l,...d,`</svg>`,f===0?``:D(`p`,h(f)[n],`quiet`)].join(`
`)}function se(e){if(e.length<=40)return e;let t=({cells:e})=>Math.min(...e.map(e=>e===null?S.length:S.indexOf(e)));return e.toSorted((e,n)=>t(e)-t(n))}function ce(e,{subnetId:t,zone:n,kind:r},i){return e.filter(({from:e,destination:a})=>e.subnetId===t&&e.availabilityZone===n&&e.kind===r&&a===i).toSorted((e,t)=>S.indexOf(e.outcome)-S.indexOf(t.outcome))[0]}function le(e,t,n,r,i){let a=s[e.outcome],[o,c]=[v[a],y[a]],l=[`<title>${x(M(e,i))}</title>`,`<rect x="${n+4}" y="${r+3}" width="${A.column-8}" height="${A.row-8}" rx="6"/>`,...ue(e,n,r),`<text class="sign" text-anchor="middle" x="${n+A.column-18}" y="${r+24}">${o}</text>`].join(``);return t<0?`<g class="cell fill-${c}" role="img">${l}</g>`:`<a class="cell fill-${c}" href="#path-${t}">${l}</a>`}function ue({hops:e,outcome:t},n,r){let i=e.slice(0,10),a=Math.min(14,88/Math.max(1,i.length-1)),o=`<line x1="${n+14}" y1="${r+19}" x2="${n+14+a*Math.max(0,i.length-1)}" y2="${r+19}"/>`;return i.length===0?[`<circle class="dot-${y[s[t]]}" cx="${n+14}" cy="${r+19}" r="5"/>`]:[o,...i.map(({decision:e},t)=>`<circle class="dot-${j[e]}" cx="${Math.round(n+14+t*a)}" cy="${r+19}" r="${e===`allow`?4:6}"/>`)]}function M(t,n){let r=t.hops.map(({at:e,id:t,decision:r})=>`${l[e][n]}${t===null?``:` ${t}`}: ${p[r][n]}`);return[`${t.from.subnetId} → ${t.destination}: ${e[t.outcome][n]}`,...r].join(` · `)}function N(e,t,n){let r=t.map((e,t)=>P(e,t,n)),i=t.filter(({outcome:e})=>e!==`reachable`).length,a=e.length-t.length,o=(e,t,n)=>t.length===0?``:`<details${n?` open`:``}>${D(`summary`,e)}<ul class="paths">${t.join(`
`)}</ul></details>`;return[o(u.hops[n],r.slice(0,i),!0),o(u.otherHops[n],r.slice(i),!1),a===0?``:D(`p`,h(a)[n],`quiet`)]}function P(t,n,r){let i=s[t.outcome],[a,o]=[v[i],y[i]],{via:c,host:u,port:d}=t,f=c.kind===`none`?[]:[`${ne[c.kind][r]}${c.id===null?``:` ${c.id}`}`],m=t.hops.map(({at:e,id:t,decision:n,why:i})=>`<li><b class="${j[n]}">${p[n][r]}</b> ${x(`${l[e][r]}${t===null?``:` ${t}`}`)}: ${x(i[r])}</li>`);return[`<li id="path-${n}" tabindex="-1">`,`<p><b class="${o}">${a} ${e[t.outcome][r]}</b> ${x(`${t.from.subnetId} → ${t.destination}`)} `,`${D(`span`,[`${u}:${d}`,...f].join(` · `),`quiet`)}</p>`,m.length===0?``:`<ol>${m.join(``)}</ol>`,`</li>`].join(``)}const F=[`provision`,`pull`,`run`],I={left:190,right:20,bars:640,row:30,top:26};function L(e,t,n){let r=m(e),i=re(r,30);if(i.length===0)return[];let a=`${u.gantt[n]} (${u.elapsed[n]})`,o=r.length-i.length,s=F.map(e=>`<span class="nowrap"><i class="key bar-${e}"></i> ${u[e][n]}</span>`);return[D(`h3`,a),D(`p`,u.ganttHint[n],`quiet no-print`),`<div class="wide" tabindex="0">${R(e,i,a,t,n)}</div>`,`<p class="quiet">${s.join(` `)} <span class="nowrap"><i class="key bar-failed"></i> ${v.bad} ${u.failed[n]}</span></p>`,o===0?``:D(`p`,h(o)[n],`quiet`),U(i,n)]}function R({startedAt:e},t,n,r,i){let a=t.flatMap(e=>e.spans),o=a.reduce((e,{fromAt:t})=>Math.min(e,t),e??1/0),s=Math.max(1,(a.reduce((e,{toAt:t})=>Math.max(e,t),o)-o)/1e3),c=e=>Math.round(I.left+(e-o)/1e3/s*I.bars),l=I.left+I.bars+I.right,u=I.top+t.length*I.row,d=V(s).map(e=>{let t=c(o+e*1e3);return`<line class="tick" x1="${t}" y1="${I.top-6}" x2="${t}" y2="${u}"/><text class="small" text-anchor="middle" x="${t}" y="14">${H(e)}</text>`}),f=t.map((e,t)=>{let n=e.failed?r(e.taskId):null;return`<a href="${n===null?`#task-${t}`:`#failure-${n}`}">${z(e,I.top+t*I.row,c,i)}</a>`});return[`<svg class="timeline" role="group" aria-labelledby="timeline-name" width="${l}" height="${u}" viewBox="0 0 ${l} ${u}">`,`<title id="timeline-name">${n}</title>`,...d,...f,`</svg>`].join(`
`)}function z(e,t,n,r){let i=[e.taskId,...e.spans.map(e=>B(e,r))].join(` · `),a=e.spans.map(e=>{let i=n(e.fromAt),a=`x="${i}" y="${t+5}" width="${Math.max(3,n(e.toAt)-i)}" height="${I.row-10}" rx="3"`;return`<rect class="bar-${e.failed?`failed`:e.kind}" ${a}><title>${x(B(e,r))}</title></rect>`}),o=e.failed?e.spans.slice(-1).map(e=>`<text class="on-bar" x="${n(e.fromAt)+6}" y="${t+19}">${v.bad}</text>`):[];return[`<title>${x(i)}</title>`,`<rect class="row" x="0" y="${t}" width="${I.left+I.bars}" height="${I.row}"/>`,`<text x="4" y="${t+19}">${x(e.taskId.slice(0,8))} <tspan class="small">${x(e.availabilityZone??e.subnetId??``)}</tspan></text>`,...a,...o].join(``)}function B({kind:e,failed:t,fromAt:n,toAt:r},i){let a=w((r-n)/1e3)[i];return`${c(e,t)[i]}${t?` (${u.failed[i]})`:``}: ${a}`}function V(e){let t=[15,30,60,120,300,600,1800,3600].find(t=>e/t<=10)??Math.ceil(e/10);return Array.from({length:Math.floor(e/t)+1},(e,n)=>n*t)}function H(e){return`${Math.floor(e/60)}:${String(Math.floor(e%60)).padStart(2,`0`)}`}function U(e,t){let n=e.map((e,n)=>[`<th scope="row" id="task-${n}" tabindex="-1"><code>${x(e.taskId)}</code></th>`,D(`td`,e.subnetId??v.none,`nowrap`),D(`td`,e.availabilityZone??v.none,`nowrap`),...F.map(n=>{let r=e.spans.find(e=>e.kind===n);if(r===void 0)return D(`td`,v.none);let i=w((r.toAt-r.fromAt)/1e3)[t];return r.failed?D(`td`,`${v.bad} ${i}`,`red nowrap`):D(`td`,i,`nowrap`)})]),r=[u.task,_.subnet,_.zone,...F.map(e=>u[e])];return`<details>${D(`summary`,u.taskTable[t])}${O(r.map(e=>e[t]),n)}</details>`}function de({timeline:e,timelineLeftOut:t},n){if(e.length===0)return``;let r=e.length<=400?e:[...e.slice(0,200),...e.slice(-200)],i=r.map(({at:e,what:t,taskId:r})=>[D(`td`,T(e)?.replace(/\.\d+Z$/,`Z`)??v.none,`nowrap`),D(`td`,r?.slice(0,8)??v.none),D(`td`,t[n])]),a=[u.at,u.task,u.event].map(e=>e[n]),o=e.length-r.length+t,s=o===0?``:D(`p`,h(o)[n],`quiet`);return`<details>${D(`summary`,u.timeline[n])}${O(a,i)}${s}</details>`}function W(e,t){let n=e=>W(e,t);switch(e.kind){case`text`:return`<p${G(e.tone===`lead`?`headline`:e.tone===`good`?`green`:e.tone)}>${e.tone===`good`?`${v.good} `:``}${K(e.text)}</p>`;case`list`:{let t=e.ordered===!0?`ol`:`ul`;return`<${t}>${e.items.map(e=>`<li>${K(e)}</li>`).join(``)}</${t}>`}case`code`:return`<pre tabindex="0"><code>${b(e.text)}</code></pre>`;case`table`:return O(e.heads,e.rows.map(pe));case`field`:return`<h${t.level} class="field">${K(e.name)}</h${t.level}>${n(e.body)}`;case`fold`:return`<details>${D(`summary`,e.name)}${e.blocks.map(n).join(``)}</details>`;case`card`:return me(e,t);case`steps`:return he(e,t.language);case`grid`:return ge(e,t.language);case`picture`:return _e(e,t.language)}}function G(e){return e===void 0?``:` class="${e}"`}function K(e){return n(e,{text:x,code:e=>D(`code`,e),strong:e=>D(`strong`,e)})}function fe(e){return`<b class="${y[e]}" aria-hidden="true">${v[e]}</b>`}function pe({sign:e,cells:t,strong:n}){return t.map((t,r)=>{let i=`${r===0&&e!==void 0?`${fe(e)} `:``}${K(t===``?v.none:t)}`;return r===0?`<th scope="row">${i}</th>`:`<td${G(n===!0?`longest`:void 0)}>${i}</td>`})}function me({number:e,sign:t,label:n,title:r,blocks:i,finding:a,anchor:o},s){let c=y[t],l=a===null?``:s.marks(a),u=o===null?``:` id="${o}" tabindex="-1"`,d=n===null?v[t]:`${e===null?``:`${e}. `}${D(`mark`,n,c)}`;return[`<article class="edge-${c}"${u}${l}>`,`<h3>${d} ${x(r)}</h3>`,...i.map(e=>W(e,{...s,level:4})),`</article>`].join(`
`)}function he({steps:e},n){return`<ul class="steps">${e.map(({title:e,state:r,note:a})=>{let o=t[r],s=D(`span`,a??i[r][n],`quiet`);return`<li><b class="${y[o]}">${v[o]}</b> ${D(`strong`,e)} ${s}</li>`}).join(`
`)}</ul>`}function ge({paths:t},n){let r=g(t),i=r.rows.map(({subnetId:t,zone:r,kind:i,cells:a})=>[`<th scope="row"><code>${x(t)}</code></th>`,D(`td`,r+(i===`instance-eni`?` (${o.instance[n]})`:``),`nowrap`),...a.map(t=>{if(t===null)return D(`td`,v.none,`grey mark`);let r=s[t];return`<td class="${y[r]} mark">${v[r]}<span class="said"> ${e[t][n]}</span></td>`})]),a=r.columns.map(({destination:e,optional:t})=>e+(t?`*`:``));return O([o.subnet[n],o.zone[n],...a],i)+D(`p`,ee(r,v,`*`,n),`quiet`)}function _e(e,t){switch(e.of){case`network`:return ie(e.report,t).join(`
`);case`tasks`:return L(e.rollout,t=>ve(t,e.groups),t).join(`
`);case`events`:return de(e.rollout,t)}}function ve(e,t){let n=t.findIndex(({taskIds:t})=>t.includes(e));return n<0?null:n}function q({findings:e}){let t=e.flatMap(e=>e.affects);return{subnets:[...new Set(t.map(({subnetId:e})=>e))].slice(0,200),destinations:[...new Set(t.map(({destination:e})=>e))].slice(0,200)}}function J(e,t){let{subnets:n,destinations:r}=q(e);if(e.findings.length<2)return[];let i=[`blocker`,`warning`,`advice`].filter(t=>e.findings.some(({severity:e})=>e===t));return[`<form id="filters" class="no-print" hidden>`,`<fieldset><legend>${u.filter[t]}</legend>`,X(`severity`,u.severity[t],i.map(e=>[e,f[e][t]]),t),X(`subnet`,o.subnet[t],Y(n),t),X(`destination`,u.destination[t],Y(r),t),`<button type="reset">${u.reset[t]}</button>`,`<p aria-live="polite">${u.shown[t]}: <output id="shown">${e.findings.length}</output> / ${e.findings.length}</p>`,`</fieldset></form>`]}function Y(e){return e.map((e,t)=>[String(t),e])}function X(e,t,n,r){let i=`<option value="">${u.all[r]}</option>`,a=n.map(([e,t])=>`<option value="${e}">${x(t)}</option>`);return`<label>${D(`span`,t)} <select name="${e}">${i}${a.join(``)}</select></label>`}function ye(e){let{subnets:t,destinations:n}=q(e),r=(e,t)=>[...new Set(t.map(t=>e.indexOf(t)))].filter(e=>e>=0).join(` `);return({severity:e,affects:i})=>` data-severity="${e}" data-subnet="${r(t,i.map(({subnetId:e})=>e))}" data-destination="${r(n,i.map(({destination:e})=>e))}"`}const Z=`
const form = document.getElementById('filters')
const articles = [...document.querySelectorAll('article[data-severity]')]
if (form) {
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
    document.getElementById('shown').textContent = shown
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
const panel = document.getElementById('hops-here')
const target = (cell) => document.getElementById(cell.getAttribute('href').slice(1))
for (const cell of document.querySelectorAll('.map a')) {
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
let folded = []
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')]
  for (const one of folded) one.open = true
})
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false
})
`;function Q(e){return`'sha256-${E(`sha256`).update(e).digest(`base64`)}'`}const $=`
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
.steps { list-style: none; padding: 0; } .steps li { padding: .2rem 0; } .steps b { display: inline-block; width: 1.25rem; }
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
header pre { background: var(--paper); } summary { cursor: pointer; margin-top: .75rem; font-weight: 600; }
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
@media (max-width: 40rem) { body { padding: .75rem; } header { padding: 1rem; } h1 { font-size: 1.4rem; }
  article { padding: .25rem .75rem .75rem; } th, td { padding: .3rem .45rem; } label, select { width: 100%; }
  .wide code { font-size: .75rem; } }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; } .no-print { display: none !important; }
  article { break-inside: avoid; } .wide { overflow: visible; } svg { max-width: 100%; height: auto; } }
`,be=`default-src 'none'; style-src ${Q($)}; script-src ${Q(Z)}; base-uri 'none'; form-action 'none'`;function xe(e,t){let{head:n,sections:i}=d(e,t,r),o={report:e,language:t,marks:ye(e),level:2},s=`${a[e.verdict][t]} · ${e.target.cluster} / ${e.target.service}`;return[`<!doctype html>`,`<html lang="${t}">`,`<head>`,`<meta charset="utf-8">`,`<meta name="viewport" content="width=device-width, initial-scale=1">`,`<meta name="color-scheme" content="light dark">`,`<meta http-equiv="Content-Security-Policy" content="${be}">`,`<title>${x(s)}</title>`,`<style>${$}</style>`,`</head>`,`<body>`,`<main>`,...Se(n,o),...Ce(i,o),`</main>`,`<footer>${x(`${e.tool.name} ${e.tool.version} · ${e.mode}`)}</footer>`,`<script>${Z}<\/script>`,`</body>`,`</html>`,``].join(`
`)}function Se({sign:e,verdict:t,step:n,title:r,blocks:i},a){let o=n===null?``:` <span>${x(n)}</span>`;return[`<header class="edge-${y[e]}">`,`<h1>${v[e]} ${t}${o}</h1>`,...r===null?[]:[D(`p`,r,`headline`)],...i.map(e=>W(e,a)),`</header>`]}function Ce(e,t){return e.flatMap(({title:n,level:r,isTitled:i,id:a,blocks:o},s)=>[...r===2?[a===null?`<section>`:`<section id="${a}">`]:[],...i?[D(r===2?`h2`:`h3`,n)]:[],...a===`findings`?J(t.report,t.language):[],...o.map(e=>W(e,{...t,level:r===2?3:4})),...e[s+1]?.level===3?[]:[`</section>`]])}export{xe as renderHtml};