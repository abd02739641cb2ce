/* A reader's way through a chart: pointing, stepping by keys, and what is told of each mark. */

const REACH = 48; // pixels of the drawing from which a mark is still meant
const DRAGGED = 4; // pixels from which a press is a drag
const TICKS = { wide: 5, narrow: 3 };
const SVG = "http://www.w3.org/2000/svg";
let made = 0;

export class Reader {
  constructor(element, canvas, view, file, content, choice) {
    Object.assign(this, { element, canvas, view, file, content, choice });
    this.at = null; // the mark that is told
    this.label = null; // the series whose label is pointed at
    this.stepping = false;
    this.over = document.createElementNS(SVG, "svg");
    this.ring = document.createElementNS(SVG, "g");
    this.tip = document.createElement("div");
    this.said = document.createElement("p");
    this.tip.className = "chart__tip";
    this.tip.hidden = true;
    this.said.className = "chart__said";
    this.said.setAttribute("role", "status");
    this.over.classList.add("chart__over");
    this.over.setAttribute("aria-hidden", "true");
    this.tip.setAttribute("aria-hidden", "true"); // the status says the same
    const svg = canvas.querySelector("svg");
    const { left, top } = view.padding();
    const box = svg.viewBox.baseVal;
    this.over.setAttribute("viewBox", `${-left} ${-top} ${box.width} ${box.height}`);
    this.ticks = document.createElementNS(SVG, "g");
    this.ticks.classList.add("chart__ticks");
    this.over.append(this.ticks, this.ring);
    element.append(this.over, this.tip, this.said);
    this.marks = null;
    this.zoomed = canvas.dataset.zoom ? canvas.dataset.zoom.split(" ") : []; // marks that are cut
    this.events = new AbortController();
    const options = { signal: this.events.signal };
    const listen = (name, act) => element.addEventListener(name, act, options);
    listen("pointermove", (event) => this.point(event));
    listen("pointerdown", (event) => this.press(event));
    listen("pointerup", () => (this.held = null));
    listen("pointercancel", () => (this.held = null));
    listen("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !this.stepping) this.pointAt(null, null);
    });
    listen("click", (event) => this.choose(event));
    listen("dblclick", (event) => this.comeNearer(event));
    listen("keydown", (event) => this.step(event));
    listen("blur", () => this.pointAt(null, null));
    choice.addEventListener("change", () => this.refresh(), options);
  }

  leave() {
    this.events.abort();
  }

  /** All marks that tell something and all labels of series, each with its box on the plot. */
  list() {
    if (this.marks) return this.marks;
    const found = new Map();
    this.labels = [];
    const visit = (mark, x, y) => {
      for (const item of mark.items ?? []) {
        const { datum } = item;
        if (mark.marktype === "group") {
          for (const inner of item.items ?? []) visit(inner, x + (item.x ?? 0), y + (item.y ?? 0));
        } else if (datum?.i >= 0) {
          const one = measure(mark.marktype, item, x, y);
          found.set(`${one.i} ${Math.round(one.x)} ${Math.round(one.y)}`, one);
        } else if (datum?.s >= 0 && mark.marktype !== "rule") {
          const { x1, y1, x2, y2 } = item.bounds;
          this.labels.push({ s: datum.s, x: x + x1, y: y + y1, width: x2 - x1, height: y2 - y1 });
        }
      }
    };
    visit(this.view.scenegraph().root, 0, 0);
    const width = this.view.width();
    this.marks = [...found.values()]
      .map((one) => ({ ...one, away: one.x < -0.5 || one.x > width + 0.5 }))
      .sort((a, b) => this.rowOf(a) - this.rowOf(b) || a.x - b.x || a.i - b.i);
    return this.marks;
  }

  rowOf(mark) {
    return this.content.points[mark.i][1];
  }

  orderOf(mark) {
    return this.content.points[mark.i][0];
  }

  /** Marks of the series that are chosen, or all. */
  listShown() {
    const { chosen } = this.choice;
    const marks = this.list();
    return chosen.size ? marks.filter((one) => chosen.has(this.orderOf(one))) : marks;
  }

  /** Draw what is chosen, pointed at and looked at. */
  refresh() {
    const { names } = this.file;
    const { chosen, nearer, start } = this.choice;
    const meant = this.label ?? (this.at && this.orderOf(this.at));
    const isPale = (order) => (meant === null ? chosen.size && !chosen.has(order) : order !== meant);
    const pale = [...names.keys()].filter(isPale);
    const look = [String(pale), meant === null, nearer, start].join(" ");
    if (look === this.look) return;
    this.look = look;
    this.view.signal("pale", pale).signal("faint", meant === null ? 0.12 : 0.35);
    if (this.zoomed.length) this.zoom(nearer, start);
    this.view.run();
    if (!this.zoomed.length || this.seen === `${nearer} ${start}`) return;
    this.seen = `${nearer} ${start}`;
    this.marks = null;
    this.writeTicks();
    if (this.at) this.tell(this.list().find((one) => one.i === this.at.i && !one.away) ?? null);
  }

  /** Look nearer: what leaves the plot at its sides is cut off there. */
  zoom(nearer, start) {
    this.view.signal("nearer", nearer).signal("shift", -start * this.view.width() * nearer);
    this.clip ??= this.makeClip();
    for (const name of this.zoomed) {
      for (const group of this.canvas.getElementsByClassName(name)) {
        if (nearer > 1) group.setAttribute("clip-path", `url(#${this.clip})`);
        else group.removeAttribute("clip-path");
      }
    }
  }

  makeClip() {
    const name = `chart-clip-${++made}`;
    const clip = document.createElementNS(SVG, "clipPath");
    const box = document.createElementNS(SVG, "rect");
    clip.id = name;
    const places = { x: -4, y: -40, width: this.view.width() + 8, height: this.view.height() + 44 };
    for (const [key, value] of Object.entries(places)) box.setAttribute(key, String(value));
    clip.append(box);
    this.over.append(clip);
    return name;
  }

  /** The names of a few periods below the plot, where the whole time's are too far apart. */
  writeTicks() {
    this.ticks.replaceChildren();
    if (this.choice.nearer <= 1) return;
    const shown = this.list().filter((one) => !one.away);
    const places = [...new Map(shown.map((one) => [one.x, one])).values()];
    places.sort((a, b) => a.x - b.x);
    const narrow = this.element.classList.contains("chart--narrow");
    const count = Math.min(TICKS[narrow ? "narrow" : "wide"], places.length);
    let free = -Infinity;
    for (let n = 0; n < count; n += 1) {
      const one = places[Math.round(((n + 0.5) * places.length) / count - 0.5)];
      const text = document.createElementNS(SVG, "text");
      text.textContent = this.read(one).period;
      text.setAttribute("x", String(one.x));
      text.setAttribute("y", String(this.view.height() + 20));
      this.ticks.append(text);
      const half = text.getComputedTextLength() / 2;
      if (one.x - half < free) {
        text.remove();
        continue;
      }
      free = one.x + half + 8;
      const rule = document.createElementNS(SVG, "path");
      rule.setAttribute("d", `M${one.x},${this.view.height()}v5`);
      this.ticks.append(rule);
    }
  }

  /** The point of the plot at which an event took place. */
  locate(event) {
    const matrix = this.over.getScreenCTM();
    return matrix && new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  }

  find(spot) {
    let best = null;
    let least = REACH;
    for (const one of this.listShown()) {
      if (one.away) continue;
      const far = Math.hypot(beyond(spot.x, one.x, one.width), beyond(spot.y, one.y, one.height));
      if (far < least || (far === least && best && one.width < best.width)) {
        best = one;
        least = far;
      }
    }
    return best;
  }

  findLabel(spot) {
    if (!this.file.names.length) return null;
    this.list();
    const found = this.labels.find(
      (one) => !beyond(spot.x, one.x, one.width) && !beyond(spot.y, one.y, one.height),
    );
    return found ? found.s : null;
  }

  press(event) {
    if (this.choice.nearer > 1 && event.button === 0) {
      this.held = { x: event.clientX, start: this.choice.start, far: false };
    }
    this.point(event);
  }

  point(event) {
    this.stepping = false;
    const spot = this.locate(event);
    if (!spot) return;
    if (this.held) {
      const moved = event.clientX - this.held.x;
      this.held.far ||= Math.abs(moved) > DRAGGED;
      if (this.held.far) {
        const { width } = this.element.getBoundingClientRect();
        const whole = (this.view.width() * width) / this.over.viewBox.baseVal.width;
        this.element.setPointerCapture(event.pointerId);
        this.choice.move(this.held.start - moved / whole / this.choice.nearer);
        return;
      }
    }
    const label = this.findLabel(spot);
    this.pointAt(label === null ? this.find(spot) : null, label);
  }

  pointAt(mark, label) {
    this.label = label;
    this.element.classList.toggle("chart--label", label !== null);
    this.tell(mark);
  }

  /** A click on a series' label keeps it in sight, or lets it go. */
  choose(event) {
    const spot = this.locate(event);
    const label = spot && this.findLabel(spot);
    if (label !== null) this.choice.toggle(label);
  }

  comeNearer(event) {
    const spot = this.locate(event);
    if (!spot || !this.zoomed.length) return;
    const { nearer, start } = this.choice;
    this.choice.zoom(2, start + spot.x / this.view.width() / nearer);
  }

  step(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== this.element) return;
    const times = this.zoomed.length ? { "+": 2, "=": 2, "-": 0.5, 0: 0 }[event.key] : undefined;
    const to = times === undefined ? this.next(event.key, this.listShown()) : null;
    if (to === undefined) return;
    event.preventDefault();
    this.stepping = true;
    this.label = null;
    if (times !== undefined) this.choice.zoom(times, this.findShare(this.at));
    else if (to?.away) this.follow(to);
    else this.tell(to, true);
  }

  /** Where in the whole time a mark stands. */
  findShare(mark) {
    const { nearer, start } = this.choice;
    return start + (mark ? mark.x / this.view.width() : 0.5) / nearer;
  }

  /** Bring a mark that lies outside of the plot into its middle. */
  follow(mark) {
    this.at = null;
    this.choice.move(this.findShare(mark) - 0.5 / this.choice.nearer);
    this.tell(this.list().find((one) => one.i === mark.i) ?? null, true);
  }

  next(key, marks) {
    const { at } = this;
    const row = at === null ? null : this.rowOf(at);
    const same = marks.filter((one) => this.rowOf(one) === row);
    const place = at === null ? -1 : same.indexOf(at);
    switch (key) {
      case "ArrowRight":
        return at === null ? marks[0] : (same[place + 1] ?? at);
      case "ArrowLeft":
        return at === null ? marks.at(-1) : (same[Math.max(place - 1, 0)] ?? at);
      case "ArrowDown":
      case "ArrowUp": {
        const rows = [...new Set(marks.map((one) => this.rowOf(one)))];
        if (at === null) return marks[0];
        if (rows.length === 1) return same[place + (key === "ArrowDown" ? 1 : -1)] ?? at;
        const wanted = rows[rows.indexOf(row) + (key === "ArrowDown" ? 1 : -1)];
        if (wanted === undefined) return at;
        const others = marks.filter((one) => this.rowOf(one) === wanted);
        const period = ({ i }) => this.content.points[i][2];
        return others.find((one) => period(one) === period(at)) ?? nearest(at, same, others);
      }
      case "Home":
        return same[0] ?? marks[0];
      case "End":
        return same.at(-1) ?? marks.at(-1);
      case "Escape":
        return at === null ? undefined : null;
    }
    return undefined;
  }

  /** Tell of a mark, or of none; whoever steps by keys also hears it. */
  tell(mark, aloud = false) {
    const before = this.at;
    this.at = mark;
    this.refresh();
    this.tip.hidden = mark === null;
    this.ring.replaceChildren();
    if (mark === null) {
      this.said.textContent = "";
      return;
    }
    const words = this.read(mark);
    if (mark !== before) this.write(words);
    this.draw(mark);
    this.place(mark);
    if (aloud) {
      const values = words.values.map((one) => one.filter(Boolean).join(" "));
      this.said.textContent = [words.period, ...values, words.status].filter(Boolean).join(", ");
    }
  }

  read(mark) {
    const { told } = this.file;
    const [, , period, values, status, source] = this.content.points[mark.i];
    const rows = [];
    for (let n = 0; n < values.length; n += 3) rows.push(values.slice(n, n + 3).map((v) => told[v]));
    return { period: told[period], values: rows, status: told[status], source: told[source] };
  }

  write(words) {
    const lines = [makeLine("period", words.period)];
    for (const [name, value, unit] of words.values) {
      const line = makeLine("value", "");
      line.append(makePart("name", name), makePart("number", value), makePart("unit", unit));
      lines.push(line);
    }
    if (words.status) lines.push(makeLine("status", words.status));
    if (words.source) lines.push(makeLine("source", `${this.file.words.source} ${words.source}`));
    this.tip.replaceChildren(...lines);
  }

  /** A ring around a point, or a frame around a bar or cell. */
  draw(mark) {
    for (const name of ["chart__halo", "chart__ring"]) {
      const shape = document.createElementNS(SVG, mark.kind === "rect" ? "rect" : "circle");
      shape.classList.add(name);
      const places =
        mark.kind === "rect"
          ? { x: mark.x, y: mark.y, width: mark.width, height: mark.height }
          : { cx: mark.x + mark.width / 2, cy: mark.y + mark.height / 2, r: 7 };
      for (const [key, value] of Object.entries(places)) shape.setAttribute(key, String(value));
      this.ring.append(shape);
    }
  }

  /** Beside the mark, within the chart, above where there is room. */
  place(mark) {
    const matrix = this.over.getScreenCTM();
    const frame = this.element.getBoundingClientRect();
    if (!matrix) return;
    const middle = new DOMPoint(mark.x + mark.width / 2, mark.y).matrixTransform(matrix);
    const foot = new DOMPoint(mark.x, mark.y + mark.height).matrixTransform(matrix);
    const { width, height } = this.tip.getBoundingClientRect();
    const x = Math.max(0, Math.min(middle.x - frame.left - width / 2, frame.width - width));
    const above = middle.y - frame.top - height - 12;
    const y = above >= 0 ? above : foot.y - frame.top + 12;
    this.tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }
}

function measure(kind, item, x, y) {
  const { i } = item.datum;
  const left = x + (item.x ?? 0);
  const top = y + (item.y ?? 0);
  if (kind === "rect") {
    return { i, kind, x: left, y: top, width: item.width ?? 0, height: item.height ?? 0 };
  }
  if (kind === "area") {
    const end = y + (item.y2 ?? item.y ?? 0);
    return { i, kind, x: left, y: Math.min(top, end), width: 0, height: Math.abs(end - top) };
  }
  return { i, kind, x: left, y: top, width: 0, height: 0 };
}

function beyond(at, start, length) {
  return Math.max(start - at, 0, at - start - length);
}

function makeLine(name, text) {
  const line = document.createElement("div");
  line.className = `chart__${name}`;
  line.textContent = text;
  return line;
}

function makePart(name, text) {
  const part = document.createElement("span");
  part.className = `chart__${name}`;
  part.textContent = text;
  return part;
}

/** The mark of another row that stands over or under one; beside it, the one as far along. */
function nearest(at, own, others) {
  const [[low, high], [start, end]] = [own, others].map((row) => {
    const places = row.map((one) => one.x);
    return [Math.min(...places), Math.max(...places)];
  });
  const isBeside = end < low || start > high;
  const share = high > low ? (at.x - low) / (high - low) : 0.5;
  const wanted = isBeside ? start + share * (end - start) : at.x;
  return others.reduce((best, one) =>
    Math.abs(one.x - wanted) < Math.abs(best.x - wanted) ? one : best,
  );
}
