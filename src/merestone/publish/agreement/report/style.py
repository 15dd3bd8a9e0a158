"""The style sheets of a comparison of many lines beside those of every comparison.

The tones differ in lightness and texture before colour, and are told apart by colour-blind readers. None is a party's.
"""

PALETTE = """
:root,svg.map,svg.picture{--t0:#2f5f8a;--t1:#d9b36a;--t2:#7fb7a4;--t3:#8a5a83;--on0:#2f5f8a;--on1:#8a6a24;--on2:#3f7a67;--on3:#d9bcd5}
"""

DARK = """
@media (prefers-color-scheme:dark){:root,svg.map{--t0:#7fb0dd;--t1:#8f6d25;--t2:#2f7a67;--t3:#d3a6cc;--on0:#7fb0dd;--on1:#e2c17c;--on2:#9fd8c6;--on3:#7a4c74}}
"""

MAP = """
.strip{direction:ltr}.strip text{font-size:12px;fill:var(--soft)}.strip text.name{font-size:13px;fill:var(--ink)}
.strip .tick{fill:none;stroke:var(--soft);stroke-width:1}
.strip .band-of,.strip .alone{stroke:none}
.strip .alone,.key .alone{fill:var(--gap)}
.tone rect,.key .tone{stroke:none;fill:var(--tone-of)}.tone path{stroke:var(--tone-on);stroke-width:1;fill:none}
.t0{--tone-of:var(--t0);--tone-on:var(--on0)}.t1{--tone-of:var(--t1);--tone-on:var(--on1)}
.t2{--tone-of:var(--t2);--tone-on:var(--on2)}.t3{--tone-of:var(--t3);--tone-on:var(--on3)}
.version path{fill:none;stroke:var(--ink);stroke-width:1.5;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.s0 path{stroke-dasharray:13 2.5}.s1 path{stroke-dasharray:5 2.5}.s2 path{stroke-dasharray:2 2}.s3 path{stroke-dasharray:10 3 2 3}
.s4 path{stroke-dasharray:7 5}.s5 path{stroke-dasharray:10 2 2 2 2 2}.s6 path{stroke-dasharray:3 5}.s7 path{stroke-dasharray:16 6}
.apart path{fill:none;stroke:var(--gap);stroke-width:9;stroke-opacity:.3;vector-effect:non-scaling-stroke}
.on-map path{fill:none;stroke:none;stroke-linecap:round;vector-effect:non-scaling-stroke;pointer-events:none}
"""

PAGE = """
.strip{display:block;width:100%;height:auto}
.comparison .frame svg.map{max-height:max(calc(100vh - 34rem),20rem)}
.strip .hit rect{fill:var(--lit);fill-opacity:0;cursor:pointer}
.strip .hit.lit rect{fill-opacity:.45;stroke:var(--ink);stroke-width:1.2}
.strip .hit:focus-visible rect{stroke:var(--focus);stroke-width:3}
.strip .of-line.lit .name{font-weight:700}
.version.lit path{stroke:var(--focus);stroke-width:3.4;stroke-dasharray:none}
.on-map.lit path{stroke:var(--lit);stroke-width:13}
.legend li[data-k]{cursor:pointer}.legend li.lit{background:color-mix(in srgb,var(--lit) 38%,var(--paper))}
.strips output{display:block;min-height:1.4em;margin-block:.2rem;font-size:.85rem;line-height:1.4;overflow-wrap:anywhere}
.strips .legend{margin-block-start:.2rem}
.numbers tbody th,.matrix tbody th{white-space:normal;overflow-wrap:anywhere;min-width:7.5rem}.matrix td,.numbers td{text-align:end}.matrix th,.numbers th{text-align:end}.matrix tbody th,.numbers tbody th,.numbers thead th:first-child{text-align:start}.matrix td,.matrix th{padding-inline:.4rem}
.text h3{font-size:.95rem;margin-block:1rem .3rem}
.figures .value{overflow-wrap:anywhere}
@media (max-width:60rem){.strips{order:-3}.strips .legend{order:0}.comparison .frame{position:static}}
@media (max-width:30rem){.strip text,.strip text.name{font-size:20px}.strip text.axis{display:none}}
"""

SCRIPT = r"""
(() => {
const out = document.querySelector('.strips output');
if (!out) return;
const first = out.textContent;
const tell = e => {
  const hit = e.target.closest && e.target.closest('[data-k^=r]');
  const on = hit && document.querySelector(`.strip [data-k=${hit.dataset.k}]`);
  out.textContent = on ? on.getAttribute('aria-label') : first;
};
document.addEventListener('pointerover', tell);
document.addEventListener('focusin', tell);
})();
"""
