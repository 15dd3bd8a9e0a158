"""The style sheets: of the map alone (also inside a standalone picture), and of the page around it.

Colours are neutral: none is a party's. Text keeps a contrast of at least 4.5 to 1 with its ground and drawn lines at
least 3 to 1, in both schemes; what a colour says, a letter, a dash or a word says too.
"""

PALETTE = """
:root,svg.map,svg.profile,svg.picture{--ground:#f7f5ef;--paper:#fff;--ink:#1d2126;--soft:#565d66;--rule:#c9ccd1;--net:#ccd2d6;
--lit:#ffd23d;--focus:#0b57d0;--accent:#0b4a8f;--open:#8a4b00;--bad:#a3172b;--wash:#f1efe8;--gap:#666b72;
--geodesic:#12508f;--loxodrome:#9c3d0c;--parallel:#0b6b4a;--meridian:#6b3b94;--arc:#a12162;--plane:#6f5a00;--other:#3d4650}
"""

DARK = """
@media (prefers-color-scheme:dark){:root,svg.map,svg.profile{--ground:#1b1f24;--paper:#15181c;--ink:#e8e6e1;--soft:#aab1b9;
--rule:#3d444c;--net:#39414a;--lit:#695300;--focus:#8ab4f8;--accent:#9cc4f5;--open:#f0b35c;--bad:#ff9aa5;--wash:#22272d;
--gap:#a2a8b0;--geodesic:#86b9f2;--loxodrome:#f2a277;--parallel:#6fd0a9;--meridian:#c9a4ee;--arc:#f08fc0;--plane:#dcc462;
--other:#b9c2cc}}
"""

MAP = """
svg text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:13px;fill:var(--ink)}
.map,.profile{direction:ltr}
.map text{unicode-bidi:plaintext}
.ground{fill:var(--ground)}
.graticule path{fill:none;stroke:var(--net);stroke-width:1;vector-effect:non-scaling-stroke}
.graticule.fine{display:none}
.edges text{font-size:calc(11px*var(--f,1));fill:var(--soft);paint-order:stroke;stroke:var(--ground);stroke-width:3px}
.edges text.m{text-anchor:middle}.edges text.e{text-anchor:end}
.fix{transform:scale(var(--s,1))}
.side{font-size:17px;letter-spacing:.12em;text-anchor:middle;fill:var(--soft);paint-order:stroke;stroke:var(--ground);
stroke-width:3px}
.lines path{fill:none;vector-effect:non-scaling-stroke;stroke-linecap:round;stroke-linejoin:round}
.lines .halo{stroke:var(--ground);stroke-width:6}
.lines .ink{stroke:var(--c);stroke-width:2.6;stroke-linecap:butt}
.lines .hit{stroke:transparent;stroke-width:20;pointer-events:stroke}
.k-geodesic{--c:var(--geodesic)}.k-loxodrome{--c:var(--loxodrome)}.k-parallel{--c:var(--parallel)}
.k-meridian{--c:var(--meridian)}.k-arc{--c:var(--arc)}.k-plane{--c:var(--plane)}.k-other{--c:var(--other)}
.gap{--c:var(--gap)}
.badge circle{fill:var(--ground);stroke:var(--c);stroke-width:1.6}
.badge text{font-size:12px;font-weight:600;text-anchor:middle;fill:var(--c)}
.points .hit{fill:transparent}
.points .dot{fill:var(--ground);stroke:var(--ink);stroke-width:1.8}
.points .bend .dot{fill:var(--ink);stroke:none;r:1.8px}
.points .aside .dot{stroke-dasharray:2 2}
.points text{paint-order:stroke;stroke:var(--ground);stroke-width:3.5px;stroke-linejoin:round;font-weight:600}
.points .deep{display:none}
.furniture .pad{fill:var(--ground);opacity:.85}
.bar .whole{fill:var(--ground);stroke:var(--ink);stroke-width:1}.bar .half{fill:var(--ink)}
.bar text{font-size:calc(11px*var(--f,1))}.bar .zero{text-anchor:middle}
.north .arrow{fill:var(--ink)}.north text{text-anchor:middle;font-weight:700}
.standing text{font-size:calc(12px*min(var(--f,1),1.15));font-weight:600;fill:var(--open);paint-order:stroke;stroke:var(--ground);stroke-width:4px}
.neatline{fill:none;stroke:var(--ink);stroke-width:1}
.profile path{fill:none;stroke:var(--net);stroke-width:1}
.profile .zero{stroke:var(--soft)}.profile .tick{stroke:var(--soft)}
.profile text,.profile .axis{font-size:12px;fill:var(--soft)}
.profile .value{font-size:13px;font-weight:600;fill:var(--ink);paint-order:stroke;stroke:var(--ground);stroke-width:4px}
.profile .pair,.key .pair{fill:none;stroke:var(--c);stroke-width:2.4}
.profile .most{fill:var(--ground);stroke:var(--c);stroke-width:2.4}
.p0{--c:var(--geodesic)}.p1{--c:var(--loxodrome)}.p2{--c:var(--parallel)}.p3{--c:var(--meridian)}.p4{--c:var(--plane)}
.p5{--c:var(--other)}
"""

PAGE = """
*{box-sizing:border-box}
html{color-scheme:light dark;scroll-padding-block:1rem;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
background:var(--paper);color:var(--ink)}
body{margin:0}
a{color:var(--accent);text-underline-offset:.15em}
h1,h2,h3,h4{line-height:1.25;margin:0;text-wrap:balance}
code,pre,.n{font-family:ui-monospace,"SFMono-Regular",Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono",monospace;font-size:.84em}
:focus{outline:none}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
svg a:focus-visible{outline:none}
.skip{position:absolute;inset-inline-start:-999rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
.skip:focus{inset-inline-start:1rem;top:.5rem}
header,footer.page{padding:.9rem clamp(1rem,3vw,2.5rem)}
header{border-bottom:1px solid var(--rule)}
.top{display:flex;flex-wrap:wrap;gap:.4rem 1.5rem;align-items:center;justify-content:space-between}
h1{font-family:ui-serif,Georgia,"Noto Serif",serif;font-weight:600;font-size:clamp(1.35rem,2.2vw,1.75rem)}
.banner{display:inline-block;margin:0;padding:.2rem .75rem;border:2px dashed var(--open);color:var(--open);
font-weight:600}
.banner.effective{border-style:solid;color:var(--ink);border-color:var(--ink)}
.facts-head{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.6rem 1.5rem;margin:.75rem 0 0}
.facts-head div{min-width:0}
@media (min-width:40rem){.facts-head .wide{grid-column:span 2}}
.date{white-space:nowrap}
.facts-head dd{font-size:.95rem;line-height:1.4}
dt{font-size:.8rem;color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
dd ul{margin:0;padding:0;list-style:none}
dd code{font-size:.75rem}
main{display:grid;grid-template-columns:minmax(0,11fr) minmax(0,12fr);gap:0 clamp(1rem,2vw,2rem);
padding:0 clamp(1rem,3vw,2.5rem)}
.text{min-width:0;padding-block:1rem 3rem}
.text>section,.text>details{margin-block-end:2rem}
.text h2{font-size:1.2rem;margin-block:.5rem .75rem;padding-block-end:.25rem;border-bottom:2px solid var(--ink)}
.line{min-width:0;position:sticky;top:0;align-self:start;height:100vh;padding-block:1rem;display:flex;flex-direction:column;
gap:.5rem;overflow:auto;overscroll-behavior:auto}
.line h2{font-size:1rem}
nav.contents ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0 0 1rem;padding:0;list-style:none}
nav.contents a{display:inline-block;min-height:24px}
.part h3{font-size:1.05rem}
.sides{margin:.1rem 0 .5rem;color:var(--soft)}
.clauses{list-style:none;margin:.35rem 0 1.25rem;padding:0}
.clause{border:1px solid var(--rule);border-inline-start:4px solid var(--rule);background:var(--paper);padding:.6rem .9rem;
margin-block-end:.6rem;border-radius:3px;cursor:pointer}
.clause.gap{border-style:dashed}
.clause h4{display:flex;flex-wrap:wrap;gap:.2rem .75rem;align-items:baseline;font-size:1rem}
.ends{font-weight:400;color:var(--soft)}
.chip{color:var(--ink);border:1px solid var(--rule);border-radius:99px;padding:0 .5rem;font-size:.88em}
blockquote{margin:.4rem 0;font-family:ui-serif,Georgia,"Noto Serif",serif;font-size:1.08rem;line-height:1.5}
blockquote p{margin:0}
blockquote footer{font:.8rem system-ui,sans-serif;color:var(--soft)}
.open-word{font-style:normal;text-decoration:underline wavy 1.5px var(--open);text-underline-offset:.25em;
text-decoration-skip-ink:none}
.said,.facts,.reading,.note{margin:.25rem 0;font-size:.92rem;overflow-wrap:anywhere}
.facts{color:var(--soft)}
.note{font-style:italic}
.finding summary{cursor:pointer;min-height:24px}
.finding{margin:.6rem 0 .2rem;padding:.45rem .75rem;background:var(--wash);border-inline-start:3px solid var(--open);
font-size:.92rem;cursor:auto}
.finding.is-error{border-inline-start-color:var(--bad);border-inline-start-style:double;border-inline-start-width:6px}
.finding.is-note{border-inline-start-color:var(--soft);border-inline-start-style:dotted}
.finding p{margin:.15rem 0}
.severity{font-weight:700;color:var(--open)}.is-error .severity{color:var(--bad)}.is-note .severity{color:var(--soft)}
.measures{margin:.15rem 0;padding-inline-start:1.2rem}
pre{margin:.3rem 0 .1rem;text-align:left;overflow-x:auto;line-height:1.45;tab-size:4}
pre .n{font-size:1em;color:var(--soft);user-select:none}
pre mark{background:none;color:inherit;font-weight:700;border-bottom:2px solid var(--open)}
.caret{color:var(--open);font-weight:700}
.scroll pre{overflow:visible;margin:.3rem .6rem}
#text p code{overflow-wrap:anywhere}
.row{display:block;width:max-content;min-width:100%}
.scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:3px;background:
linear-gradient(to right,var(--paper) 40%,transparent) 0/3rem 100%,linear-gradient(to left,var(--paper) 40%,transparent) 100%/3rem 100%,
linear-gradient(to right,var(--soft),transparent) 0/.8rem 100%,linear-gradient(to left,var(--soft),transparent) 100%/.8rem 100%;
background-repeat:no-repeat;background-attachment:local,local,scroll,scroll}
.sort{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit;min-height:24px}
.sort:hover{text-decoration:underline}.sort::after{content:"";display:inline-block;width:.9em;text-align:end}
[aria-sort=ascending] .sort::after{content:"▲";font-size:.7em}[aria-sort=descending] .sort::after{content:"▼";font-size:.7em}
.sub{display:block;color:var(--soft);font-size:.92em}.lit .sub{color:inherit}.folding td{white-space:normal}.folding td:nth-child(-n+3){white-space:nowrap}
details.narrow summary{cursor:pointer;padding-block:.5rem;min-height:24px}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;min-width:100%}
caption{text-align:start;padding:.4rem .6rem;color:var(--soft);caption-side:bottom}
th,td{padding:.3rem .6rem;text-align:start;vertical-align:top;white-space:nowrap;border-bottom:1px solid var(--rule)}
.prose td{white-space:normal;overflow-wrap:anywhere}.prose td:nth-child(4){min-width:11rem}.prose td:last-child{min-width:9rem}
.prose td:nth-child(2),.prose td:nth-child(3){overflow-wrap:normal}
thead th{color:var(--soft);font-weight:600}
tbody th{font-weight:600}
tbody tr{cursor:pointer}
.tie{display:inline-block;min-width:24px;min-height:24px}
.frame{border-radius:3px;position:relative;flex:none;min-height:0;display:flex;flex-direction:column}
.frame svg.map{display:block;width:100%;height:auto;max-height:calc(100vh - 8rem);min-height:12rem;touch-action:pan-y pinch-zoom}
.frame svg.map.close{cursor:grab;touch-action:none}
.above{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;margin-block-end:.4rem}
.with-profiles .frame svg.map{max-height:max(calc(100vh - 27rem),16rem)}
.tools{display:none;gap:.25rem;direction:ltr;margin-inline-start:auto}
.js .tools{display:flex}
.tools button{width:2rem;height:2rem;font:600 1.05rem/1 system-ui,sans-serif;border:1px solid var(--soft);border-radius:4px;
background:var(--paper);color:var(--ink);cursor:pointer}
.tools button:hover{background:var(--wash)}
figure{margin:0}
.under{font-size:.82rem;color:var(--soft);margin:0}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem;list-style:none;margin:0;padding:0;font-size:.85rem}
.legend svg,.pairs svg{vertical-align:middle}
.key .ink{fill:none;stroke:var(--c);stroke-width:2.6}.key text{font-size:11px;font-weight:600;fill:var(--c);text-anchor:middle}
.key circle{fill:var(--ground);stroke:var(--c);stroke-width:1.4}
.pairs{list-style:none;margin:.2rem 0 0;padding:0;font-size:.85rem}
.profiles figcaption{font-size:.92rem;font-weight:600;margin-block-end:.2rem}
.profiles figure{margin-block-end:.75rem}
.js .profiles figure{display:none}.js .profiles figure.shown{display:block}
.profile{display:block;width:100%;height:auto}
.lit{--mark:var(--lit)}
.clause.lit,tr.lit,.row.lit,.chip.lit{background:color-mix(in srgb,var(--lit) 38%,var(--paper))}
.clause.lit,.clause.pinned{border-inline-start-color:var(--ink)}
.clause.near,tr.near,.row.near{background:color-mix(in srgb,var(--lit) 14%,var(--paper))}
.clause.pinned,tr.pinned{outline:2px solid var(--ink);outline-offset:-2px}
.lit .open-word{background:var(--lit)}
.lines .lit .halo{stroke:var(--lit);stroke-width:13}
.lines .lit .ink{stroke-width:3.6}
.lines .near .halo{stroke:color-mix(in srgb,var(--lit) 45%,var(--ground));stroke-width:10}
.lines a:focus-visible .halo{stroke:var(--focus);stroke-width:10}
.lines .pinned .badge circle{fill:var(--c)}.lines .pinned .badge text{fill:var(--ground)}
.points .lit .dot{fill:var(--lit);stroke-width:2.6;r:7px}
.points .near .dot{fill:var(--lit)}
.points a:focus-visible .hit{stroke:var(--focus);stroke-width:3}
.points .pinned .dot{stroke-width:4}
.points .lit .deep{display:inline}.sides .deep{display:none}
.near-by .graticule.fine{display:inline}
.help li{margin-block-end:.3rem}
kbd{border:1px solid var(--rule);border-radius:3px;padding:0 .3rem;font-size:.85em}
.said-aloud{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:60rem){.frame svg.map,.with-profiles .frame svg.map{max-height:42vh}
main{display:flex;flex-direction:column}.line{display:contents}
.frame{order:-2;position:sticky;top:0;z-index:2;background:var(--paper);padding-block:.4rem;border-bottom:1px solid var(--rule);flex:none}
.under,.profiles{order:-1;margin-block:.5rem 0}.above .legend{display:none}
html{scroll-padding-block:46vh 1rem}}
@media (max-width:30rem){.standing{transform:translate(0,-26px)}.badge text{font-size:12px}
.profile text{font-size:20px}.profile .value{font-size:22px}.profile .axis{display:none}}
@media (max-width:60rem) and (max-height:30rem){.frame{position:static}html{scroll-padding-block:1rem}}
[dir=rtl] :is(h1,h2,h3,h4,p,li,dt,dd,td,th,caption,figcaption,footer,span,.tie,dd div){unicode-bidi:plaintext}
[dir=rtl] :is(h1,h2,h3,h4,p,li,dt,dd,td,th,caption,figcaption,footer,.under){text-align:right}
@media (prefers-reduced-motion:no-preference){.clause,tr{transition:background .12s}html{scroll-behavior:smooth}}
@media (forced-colors:active){.clause.lit,tr.lit{outline:3px solid Highlight}.lines .lit .ink,.points .lit .dot{stroke:Highlight}}
@media print{html{font-size:10pt;background:#fff}main{display:flex;flex-direction:column}.line{order:-1;width:100%;display:block;position:static;height:auto;overflow:visible}.frame{position:static}
.tools,nav.contents,.skip,#help{display:none!important}.above .legend{display:flex}.profiles figure,.js .profiles figure{display:none}.js .profiles figure:first-of-type,.profiles figure:first-of-type{display:block}.clause,figure{break-inside:avoid}h2,h3,h4{break-after:avoid}.clause .finding.is-note{display:none}
.scroll{overflow:visible;border:0}pre,pre .row{white-space:pre-wrap;width:auto;overflow-wrap:anywhere}th,td{white-space:normal;padding:.15rem .3rem;font-size:7.5pt}.frame svg.map,.with-profiles .frame svg.map{max-height:14cm}
details>*{display:block}thead{display:table-header-group}}
"""
