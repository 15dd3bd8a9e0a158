"""The page's script: plain, short, and only an aid. Without it every tie is still a link, and all charts are shown."""

SCRIPT = r"""
'use strict';
(() => {
const doc = document, root = doc.documentElement, all = (q, e = doc) => [...e.querySelectorAll(q)];
root.classList.add('js');
const own = new Map(), near = new Map();
const add = (map, key, e) => map.set(key, [...(map.get(key) || []), e]);
for (const e of all('[data-k]')) add(own, e.dataset.k, e);
for (const e of all('[data-near]')) for (const k of e.dataset.near.split(' ')) add(near, k, e);
const figures = all('.profiles figure'), told = doc.getElementById('told');
let pinned = null, lit = null;
const mark = (key, css, on) => {
  for (const e of own.get(key) || []) e.classList.toggle(css, on);
  if (css === 'lit') for (const e of near.get(key) || []) e.classList.toggle('near', on);
};
const light = key => {
  if (key === lit) return;
  if (lit) mark(lit, 'lit', false);
  lit = key;
  if (!key) return;
  mark(key, 'lit', true);
  const shown = figures.find(f => f.dataset.k === key);
  if (shown) for (const f of figures) f.classList.toggle('shown', f === shown);
};
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
const pin = (key, from) => {
  if (pinned) { mark(pinned, 'pinned', false); for (const a of ties(pinned)) a.removeAttribute('aria-current'); }
  pinned = key === pinned ? null : key;
  light(pinned);
  if (told) told.textContent = pinned ? 'Pinned. Escape unpins.' : 'Unpinned';
  if (!pinned) return;
  mark(pinned, 'pinned', true);
  for (const a of ties(pinned)) a.setAttribute('aria-current', 'true');
  const card = doc.getElementById('clause-' + pinned) || doc.getElementById('row-' + pinned);
  for (let fold = card; fold; fold = fold.parentElement) if (fold.tagName === 'DETAILS') fold.open = true;
  if (from && !from.closest('.text') && card) card.scrollIntoView({block: 'center', behavior: still ? 'auto' : 'smooth'});
  show(pinned);
};
const ties = key => (own.get(key) || []).flatMap(e => e.matches('a') ? [e] : all('a.tie', e).slice(0, 1));
const keyed = e => e.target.closest && e.target.closest('[data-k]');
doc.addEventListener('pointerover', e => { const t = keyed(e); light(t ? t.dataset.k : pinned); });
doc.addEventListener('focusin', e => { const t = keyed(e); if (t) light(t.dataset.k); });
doc.addEventListener('focusout', e => { if (!e.relatedTarget) light(pinned); });
doc.addEventListener('click', e => {
  const t = keyed(e), link = e.target.closest('a');
  if (!t || dragged || (link && !link.matches('.tie, svg a')) || e.ctrlKey || e.metaKey || e.shiftKey) return;
  if (!link && String(getSelection())) return;
  e.preventDefault();
  pin(t.dataset.k, e.target);
});
doc.addEventListener('keydown', e => { if (e.key === 'Escape' && pinned) pin(pinned); });

// One tab stop for each list; arrows go through it.
const stops = g => all('a', g).filter(a => a.matches('.tie, svg a'));
for (const g of all('[data-rove]')) {
  stops(g).forEach((a, i) => a.setAttribute('tabindex', i ? '-1' : '0'));
  g.addEventListener('keydown', e => {
    const list = stops(g), at = list.indexOf(e.target.closest('a'));
    if (at < 0 || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return;
    const rtl = root.dir === 'rtl' && !g.closest('svg') ? -1 : 1;
    const step = {ArrowDown: 1, ArrowRight: rtl, ArrowUp: -1, ArrowLeft: -rtl}[e.key];
    const to = e.key === 'Home' ? 0 : e.key === 'End' ? list.length - 1 : step ? at + step : -1;
    if (e.key === ' ') { e.preventDefault(); pin(keyed(e).dataset.k, e.target); return; }
    if (!list[to]) return;
    e.preventDefault();
    list[at].setAttribute('tabindex', '-1');
    list[to].setAttribute('tabindex', '0');
    list[to].focus();
    if (g.closest('svg')) show(keyed({target: list[to]}).dataset.k);
  });
}
if (figures.length) figures[0].classList.add('shown');

// The map: zoom and pan by changing the viewBox of the inner drawing.
const map = doc.getElementById('map'), view = doc.getElementById('view');
let dragged = false, show = () => {};
if (map) {
  const W = map.viewBox.baseVal.width, H = map.viewBox.baseVal.height, MOST = 64;
  let x = 0, y = 0, z = 1;
  const bar = map.querySelector('.bar'), perPx = +map.dataset.scale, edges = map.querySelector('.edges');
  const nets = all('.graticule path', map).map(p => ({
    m: p.hasAttribute('data-m'), l: p.dataset.l, fine: !!p.closest('.fine'),
    runs: p.getAttribute('d').split('M').slice(1).map(r => r.split('L').map(q => q.split(' ').map(Number)))}));
  const meet = (run, axis, at) => {
    for (let i = 1; i < run.length; i++) {
      const a = run[i - 1], b = run[i];
      if ((a[axis] - at) * (b[axis] - at) <= 0 && a[axis] !== b[axis])
        return a[1 - axis] + (at - a[axis]) / (b[axis] - a[axis]) * (b[1 - axis] - a[1 - axis]);
    }
  };
  const boxOf = e => e.getBoundingClientRect();
  let taken = [];
  // No room: left out.
  const place = list => {
    const hide = on => list.forEach(t => t.classList.toggle('deep', on));
    hide(false);
    const m = boxOf(map), n = taken.length, fits = list.every(t => {
      const b = boxOf(t), hit = taken.some(o => b.left < o.right && b.right > o.left && b.top < o.bottom && b.bottom > o.top);
      taken.push(b);
      return !hit && b.left > m.left && b.right < m.right && b.top > m.top && b.bottom < m.bottom;
    });
    hide(!fits);
    if (!fits) taken.length = n;
    return fits;
  };
  const names = all('text[data-rank]', view).sort((a, b) => a.dataset.rank - b.dataset.rank);
  const fit = () => {
    taken.push(...all('.badge circle', view).map(boxOf));
    [all('.sides text', view), ...names.map(t => [t])].forEach(place);
  };
  const label = () => {
    edges.replaceChildren();
    const close = z >= 4, seen = new Set();
    taken = all('.bar *, .north .pad, .standing text', map).map(boxOf);
    for (const n of nets) {
      if ((n.fine && !close) || seen.has(n.l)) continue;
      const t = doc.createElementNS('http://www.w3.org/2000/svg', 'text');
      const put = (px, py, css) => {
        t.setAttribute('x', px); t.setAttribute('y', py); if (css) t.setAttribute('class', css);
        t.textContent = n.l; edges.append(t);
        if (place([t])) seen.add(n.l); else t.remove();
      };
      const at = (axis, v, size) => {
        for (const run of n.runs) {
          const p = meet(run, axis, v);
          const q = p === undefined ? NaN : axis ? (p - x) * z : (p - y) * z;
          if (q > 34 && q < size - 34) return q;
        }
      };
      if (n.m) {
        const low = at(1, y + H / z - .01, W), top = at(1, y + .01, W);
        if (low !== undefined) put(low, H - 5, 'm'); else if (top !== undefined) put(top, 14, 'm');
        continue;
      }
      const left = at(0, x + .01, H), right = at(0, x + W / z - .01, H);
      if (left !== undefined) put(5, left - 4);
      else if (right > 75) put(W - 5, right - 4, 'e');
      else {
        const p = n.runs.flat().reduce((a, b) => b[1] > a[1] ? b : a);
        put((p[0] - x) * z, (p[1] - y) * z - 4, 'm');
      }
    }
  };
  const scale = () => {
    const most = 150 * perPx / z, ten = 10 ** Math.floor(Math.log10(most));
    const m = [5, 2, 1].map(s => s * ten).find(s => s <= most * 1.000001), w = m / perPx * z;
    const [whole, half] = all('rect:not(.pad)', bar), text = bar.querySelector('text:not(.zero)');
    whole.setAttribute('width', w); half.setAttribute('width', w / 2); text.setAttribute('x', w + 6);
    text.textContent = m >= 1000 ? `${m / 1000} km` : `${+m.toPrecision(1)} m`;
  };
  const draw = () => {
    x = Math.min(Math.max(x, 0), W - W / z); y = Math.min(Math.max(y, 0), H - H / z);
    view.setAttribute('viewBox', `${x} ${y} ${W / z} ${H / z}`);
    const small = Math.min(map.clientWidth / W, map.clientHeight / H) || 1, f = Math.min(Math.max(.85 / small, 1), 1.7);
    map.style.setProperty('--f', f); view.style.setProperty('--s', f / z);
    map.classList.toggle('close', z > 1); map.classList.toggle('near-by', z >= 4);
    scale();
    if (map.clientWidth) { label(); fit(); }
  };
  const zoom = (by, px = W / 2, py = H / 2) => {
    const to = Math.min(Math.max(z * by, 1), MOST);
    x += px / z - px / to; y += py / z - py / to; z = to; draw();
  };
  const pan = (dx, dy) => { x += dx / z; y += dy / z; draw(); };
  const inMap = e => { const p = new DOMPoint(e.clientX, e.clientY).matrixTransform(map.getScreenCTM().inverse()); return [p.x, p.y]; };
  show = key => {
    const e = doc.getElementById('map-' + key);
    if (!e || z === 1) return;
    const r = e.getBoundingClientRect(), f = map.getBoundingClientRect();
    if (r.right > f.left && r.left < f.right && r.bottom > f.top && r.top < f.bottom) return;
    const [cx, cy] = inMap({clientX: (r.left + r.right) / 2, clientY: (r.top + r.bottom) / 2});
    pan(cx - W / 2, cy - H / 2);
  };
  map.addEventListener('wheel', e => {
    if (!e.ctrlKey && !e.metaKey && z === 1 && e.deltaY > 0) return;
    e.preventDefault(); zoom(2 ** (-e.deltaY / 300), ...inMap(e));
  }, {passive: false});
  let from = null;
  map.addEventListener('pointerdown', e => { dragged = false; if (z > 1 && e.button === 0) from = inMap(e); });
  map.addEventListener('dragstart', e => e.preventDefault());
  addEventListener('pointermove', e => {
    if (!from) return;
    const to = inMap(e), dx = from[0] - to[0], dy = from[1] - to[1];
    if (!dragged && Math.hypot(dx, dy) < 4) return;
    dragged = true; from = to; pan(dx, dy);
  });
  addEventListener('pointerup', () => { from = null; setTimeout(() => { dragged = false; }); });
  const acts = {in: () => zoom(1.6), out: () => zoom(1 / 1.6), all: () => { z = 1; draw(); },
    up: () => pan(0, -90), down: () => pan(0, 90), left: () => pan(-90, 0), right: () => pan(90, 0)};
  for (const b of all('.tools button')) b.addEventListener('click', () => acts[b.dataset.act]());
  map.parentElement.addEventListener('keydown', e => {
    if (e.altKey || e.ctrlKey || e.metaKey) return;
    const act = {'+': 'in', '=': 'in', '-': 'out', '0': 'all'}[e.key] ||
      (e.shiftKey && {ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right'}[e.key]);
    if (act) { e.preventDefault(); acts[act](); }
  });
  draw();
  addEventListener('resize', draw);
}
const asked = location.hash.match(/^#(?:clause|map|row)-([a-z]\d+)$/);
if (asked && own.has(asked[1])) pin(asked[1]);
addEventListener('beforeprint', () => { for (const d of all('details')) d.open = true; });
})();
"""
