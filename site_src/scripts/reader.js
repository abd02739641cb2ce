/* A reader's way through a chart: pointing, stepping by keys, and what is told of each mark. */

const REACH = 48; // pixels of the drawing from which a mark is still meant
const SVG = "http://www.w3.org/2000/svg";

export class Reader {
  constructor(element, canvas, view, file, content, state) {
    Object.assign(this, { element, canvas, view, file, content, state });
    this.at = null; // the mark that is told
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
    const [left, top] = view.origin();
    const box = svg.viewBox.baseVal;
    this.over.setAttribute("viewBox", `${-left} ${-top} ${box.width} ${box.height}`);
    this.over.append(this.ring);
    element.append(this.over, this.tip, this.said);
    this.marks = null;
    this.events = new AbortController();
    const options = { signal: this.events.signal };
    element.addEventListener("pointermove", (event) => this.point(event), options);
    element.addEventListener("pointerdown", (event) => this.point(event), options);
    element.addEventListener(
      "pointerleave",
      (event) => event.pointerType === "mouse" && !this.stepping && this.tell(null),
      options,
    );
    element.addEventListener("click", (event) => this.choose(event), options);
    element.addEventListener("keydown", (event) => this.step(event), options);
    element.addEventListener("blur", () => this.tell(null), options);
  }

  leave() {
    this.events.abort();
  }

  /** All marks that tell something, with the box that each fills, in pixels of the plot. */
  list() {
    if (this.marks) return this.marks;
    const found = new Map();
    const visit = (mark, x, y) => {
      for (const item of mark.items ?? []) {
        if (mark.marktype === "group") {
          for (const inner of item.items ?? []) visit(inner, x + (item.x ?? 0), y + (item.y ?? 0));
        } else if (item.datum?.i >= 0) {
          const one = measure(mark.marktype, item, x, y);
          found.set(`${one.i} ${Math.round(one.x)} ${Math.round(one.y)}`, one);
        }
      }
    };
    visit(this.view.scenegraph().root, 0, 0);
    const [left, top] = this.view.origin();
    this.marks = [...found.values()].map((one) => ({ ...one, x: one.x - left, y: one.y - top }));
    this.marks.sort((a, b) => this.rowOf(a) - this.rowOf(b) || a.x - b.x || a.i - b.i);
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
    const { chosen } = this.state;
    const marks = this.list();
    return chosen.size ? marks.filter((one) => chosen.has(this.orderOf(one))) : marks;
  }

  /** Show the choice of series, and what is told. */
  refresh() {
    const { names } = this.file;
    if (!names.length) return;
    const { chosen } = this.state;
    const meant = this.at === null ? null : this.orderOf(this.at);
    const pale = names
      .map((_, order) => order)
      .filter((order) => (meant === null ? chosen.size > 0 && !chosen.has(order) : order !== meant));
    if (String(pale) === String(this.pale ?? "")) return;
    this.pale = pale;
    this.view.signal("pale", pale).runAsync();
  }

  find(event) {
    const matrix = this.over.getScreenCTM();
    if (!matrix) return null;
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    let best = null;
    let least = REACH;
    for (const one of this.listShown()) {
      const far = Math.hypot(beyond(spot.x, one.x, one.width), beyond(spot.y, one.y, one.height));
      if (far < least || (far === least && best && one.width < best.width)) {
        best = one;
        least = far;
      }
    }
    return best;
  }

  point(event) {
    this.stepping = false;
    this.tell(this.find(event));
  }

  /** A click or tap keeps the series of a mark, or lets it go. */
  choose(event) {
    const mark = this.find(event);
    if (!mark) this.tell(null);
  }

  step(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== this.element) return;
    const marks = this.listShown();
    const to = this.next(event.key, marks);
    if (to === undefined) return;
    event.preventDefault();
    this.stepping = true;
    this.tell(to, true);
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
        return others.reduce((best, one) =>
          Math.abs(one.x - at.x) < Math.abs(best.x - at.x) ? one : best,
        );
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
    if (mark !== before) this.refresh();
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
