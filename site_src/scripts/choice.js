/* What a reader chose to see of one figure: which series, and how near which part of the time.

   Kept while the drawing behind it changes, as from wide to narrow. */

export const NEAREST = 32;

export class Choice extends EventTarget {
  chosen = new Set(); // series by their order; none chosen means all
  nearer = 1;
  start = 0; // share of the time that lies left of the plot

  toggle(order) {
    if (!this.chosen.delete(order)) this.chosen.add(order);
    this.tell();
  }

  showAll() {
    this.chosen.clear();
    this.tell();
  }

  /** Look so many times nearer, and keep a share of the time where it is on the plot. */
  zoom(times, about = this.start + 0.5 / this.nearer) {
    const nearer = Math.min(Math.max(this.nearer * times, 1), NEAREST);
    const place = (about - this.start) * this.nearer;
    this.nearer = nearer;
    this.move(about - place / nearer);
  }

  /** Let a share of the time stand at the left edge. */
  move(start) {
    this.start = Math.min(Math.max(start, 0), 1 - 1 / this.nearer);
    this.tell();
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }
}
