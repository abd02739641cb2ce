/* Figures that come alive when a reader comes near or asks.

   Small, and alone on the page until then: the drawings are there without it, and stay where
   anything fails. What draws is loaded from this site by its own file. */

const SIGNS = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown"];
const JUST = 800; // milliseconds
const site = new URL("..", import.meta.url);
const idle = window.requestIdleCallback ?? ((call) => setTimeout(call, 200));

let loaded = null;
let left = () => {};

function loadLive() {
  loaded ??= import(new URL("assets/charts-live.js", site).href);
  loaded.catch(() => (loaded = null));
  return loaded;
}

async function readFile(name) {
  const address = new URL(`figures/${encodeURIComponent(name)}.vega.json`, site).href;
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** One figure: what it shows, and how that changes. */
class Plate {
  constructor(figure) {
    this.figure = figure;
    this.button = figure.querySelector(".chart-tools__ask");
    this.said = figure.querySelector(".chart-tools__said");
    this.view = null;
    this.file = null;
    this.turn = 0; // what was begun in an earlier one is wanted no more
    this.button.addEventListener("click", () => this.toggle());
    figure.addEventListener("focusin", (event) => {
      if (event.target !== this.button) this.since = -Infinity;
    });
    figure.classList.add("figure--ready");
  }

  async toggle() {
    // Whoever pressed just as the chart came by itself had asked for it.
    if (this.view && performance.now() - this.since < JUST) return this.view.focus();
    if (this.view) {
      this.rest();
      this.refused = true;
      this.button.focus();
    } else {
      this.refused = false;
      await this.wake(true);
    }
  }

  /** Bring the chart to life; the drawing stays if that cannot be. */
  wake(asked = false) {
    this.wanted ||= asked;
    this.waking ??= this.load().finally(() => {
      this.waking = null;
      this.wanted = false;
    });
    return this.waking;
  }

  async load() {
    const turn = this.turn;
    try {
      const name = this.figure.id.replace(/^plate-/, "");
      const [{ mountChart }, file] = await Promise.all([loadLive(), this.file ?? readFile(name)]);
      this.file = file;
      const view = await mountChart(this.figure, file, () => turn === this.turn);
      if (turn !== this.turn) return view.leave();
      this.view = view;
      this.since = this.wanted ? -Infinity : performance.now();
      this.said.textContent = "";
      this.button.textContent = this.button.dataset.back;
      if (this.wanted) view.focus();
    } catch (error) {
      if (turn === this.turn && this.wanted) this.said.textContent = this.said.dataset.failed;
    }
  }

  rest() {
    this.turn += 1;
    this.view?.leave();
    this.view = null;
    this.button.textContent = this.button.dataset.ask;
  }
}

/** Wake what is near, one after the other, whenever the page has nothing else to do. */
function watch(plates) {
  const waiting = [];
  let busy = false;
  async function next() {
    if (busy) return;
    busy = true;
    for (let plate = waiting.shift(); plate; plate = waiting.shift()) {
      await new Promise((go) => idle(go, { timeout: 1000 }));
      if (plate.near && !plate.view && !plate.refused) await plate.wake();
    }
    busy = false;
  }
  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const plate = plates.get(entry.target);
        plate.near = entry.isIntersecting;
        if (plate.near && !plate.view) waiting.push(plate);
      }
      next();
    },
    { rootMargin: "20% 0px" },
  );
  for (const figure of plates.keys()) near.observe(figure);
  return () => near.disconnect();
}

function start() {
  left();
  const figures = document.querySelectorAll("figure.figure:has(.chart-tools)");
  const plates = new Map([...figures].map((figure) => [figure, new Plate(figure)]));
  const signs = new AbortController();
  let stop = () => {};
  // Nothing is loaded for a reader who does nothing, or who saves data.
  if (plates.size && !navigator.connection?.saveData) {
    const options = { passive: true, signal: signs.signal, capture: true };
    const begin = () => {
      signs.abort();
      stop = watch(plates);
    };
    for (const sign of SIGNS) window.addEventListener(sign, begin, options);
  }
  left = () => {
    signs.abort();
    stop();
    for (const plate of plates.values()) plate.rest();
  };
}

if (window.document$?.subscribe) window.document$.subscribe(start);
else if (document.readyState !== "loading") start();
else document.addEventListener("DOMContentLoaded", start);
window.addEventListener("pagehide", (event) => event.persisted || left());
