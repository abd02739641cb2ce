/* A figure's chart in the place of its drawing: drawn by Vega, told and stepped through here.

   The specs are compiled at build. Their expressions are interpreted, never evaluated, and nothing
   is fetched here. What is told of a mark is text, and is only ever set as text. */

import { Choice, NEAREST } from "./choice.js";
import { Reader } from "./reader.js";
import { drawView } from "./vega.js";

const NARROW = 540; // as in the style sheet

/** Put a live chart over a figure's drawing; gives what takes it away again. */
export async function mountChart(figure, file, wanted) {
  const charts = new Map(); // by plate: the chart that stands in it
  const changes = new AbortController();
  const choice = new Choice();
  let busy = Promise.resolve();
  let gone = false;

  const first = () => Boolean(figure.querySelector(".vintages__first")?.checked);
  const size = () => (figure.clientWidth <= NARROW ? "narrow" : "wide");

  async function show() {
    if (gone) return;
    const vintage = first() && file.first ? "first" : "revised";
    const selector = file.first ? `.figure__plate--${vintage}` : ".figure__plate";
    const plate = figure.querySelector(selector);
    const key = `${vintage} ${size()}`;
    const standing = charts.get(plate);
    if (standing?.key === key) return;
    const chart = await makeChart(figure, plate, file, vintage, size(), choice);
    if (gone || !wanted()) return chart.leave();
    const focused = standing?.element.contains(document.activeElement);
    standing?.leave();
    chart.enter();
    charts.set(plate, { ...chart, key });
    if (focused) chart.element.focus({ preventScroll: true });
  }

  function again() {
    busy = busy.then(show).catch(leave);
    return busy;
  }

  function leave() {
    gone = true;
    changes.abort();
    widths.disconnect();
    for (const chart of charts.values()) chart.leave();
    charts.clear();
    tools.leave();
    figure.classList.remove("figure--live");
  }

  const widths = new ResizeObserver(() => again());
  const tools = new Tools(figure, file, choice);
  try {
    await show();
  } catch (error) {
    leave();
    throw error;
  }
  figure.classList.add("figure--live");
  widths.observe(figure);
  figure.addEventListener("change", (event) => event.target.type === "radio" && again(), {
    signal: changes.signal,
  });
  return {
    leave,
    focus: () => [...charts.values()].at(-1)?.element.focus({ preventScroll: true }),
  };
}

async function makeChart(figure, plate, file, vintage, size, choice) {
  const content = file[vintage];
  const element = document.createElement("div");
  const canvas = document.createElement("div");
  element.className = `chart chart--${size}`;
  element.lang = file.language;
  element.tabIndex = 0;
  element.setAttribute("role", "application");
  element.setAttribute("aria-roledescription", file.words.chart);
  element.setAttribute("aria-label", content.name);
  element.setAttribute("aria-description", file.words.keys);
  canvas.className = "chart__drawing";
  canvas.setAttribute("aria-hidden", "true");
  canvas.dataset.zoom = content[size].usermeta?.zoom.join(" ") ?? "";
  element.append(canvas);
  const view = await drawView(content[size], canvas);
  // Vega names what it draws in; the name stands on the whole, and only there.
  for (const name of ["role", "aria-label", "aria-roledescription"]) canvas.removeAttribute(name);
  const reader = new Reader(element, canvas, view, file, content, choice);
  return {
    element,
    reader,
    enter() {
      plate.append(element);
      plate.classList.add("figure__plate--live");
      reader.refresh();
    },
    leave() {
      reader.leave();
      view.finalize();
      element.remove();
      if (!plate.querySelector(":scope > .chart")) plate.classList.remove("figure__plate--live");
    },
  };
}

/** The buttons of a live chart: which series, how near, and the table. */
class Tools {
  constructor(figure, file, choice) {
    const { words, names } = file;
    const details = figure.querySelector("details.figure__table");
    this.changes = [];
    this.made = [];
    if (names.length) this.made.push(this.offerSeries(words, names, choice));
    if (file.revised.wide.usermeta?.zoom) this.made.push(...this.offerZoom(words, choice));
    if (details) this.made.push(this.offerTable(words, details));
    this.told = () => this.changes.forEach((change) => change());
    this.forget = () => choice.removeEventListener("change", this.told);
    choice.addEventListener("change", this.told);
    this.told();
    figure.querySelector(".chart-tools__ask").after(...this.made);
  }

  offerSeries(words, names, choice) {
    const menu = document.createElement("details");
    const summary = document.createElement("summary");
    const list = document.createElement("div");
    menu.className = "chart-tools__series";
    list.className = "chart-tools__list";
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", words.series);
    summary.textContent = words.series;
    names.forEach(([name, colour], order) => {
      const button = makeButton(name, () => choice.toggle(order));
      const spot = document.createElement("span");
      spot.className = "chart-tools__spot";
      spot.style.background = colour;
      button.prepend(spot);
      list.append(button);
      this.changes.push(() =>
        button.setAttribute("aria-pressed", String(choice.chosen.has(order))),
      );
    });
    const all = makeButton(words.all, () => choice.showAll());
    this.changes.push(() => {
      all.disabled = choice.chosen.size === 0;
      summary.classList.toggle("chart-tools__some", choice.chosen.size > 0);
    });
    list.append(all);
    menu.append(summary, list);
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      menu.open = false;
      summary.focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    return menu;
  }

  offerZoom(words, choice) {
    const nearer = makeButton("+", () => choice.zoom(2));
    const farther = makeButton("−", () => choice.zoom(0.5));
    const whole = makeButton(words.whole, () => choice.zoom(0));
    nearer.setAttribute("aria-label", words.nearer);
    farther.setAttribute("aria-label", words.farther);
    whole.classList.add("chart-tools__whole");
    this.changes.push(() => {
      nearer.disabled = choice.nearer >= NEAREST;
      farther.disabled = whole.disabled = choice.nearer <= 1;
    });
    return [nearer, farther, whole];
  }

  offerTable(words, details) {
    const table = makeButton(words.table, () => {
      details.open = !details.open;
      if (details.open) details.scrollIntoView({ block: "nearest" });
    });
    const tell = () => table.setAttribute("aria-expanded", String(details.open));
    details.addEventListener("toggle", tell);
    tell();
    return table;
  }

  leave() {
    this.forget();
    for (const element of this.made) element.remove();
  }
}

function makeButton(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chart-tools__button";
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
}
