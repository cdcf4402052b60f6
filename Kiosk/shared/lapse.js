/** Milliseconds by which the two clocks may diverge between two checks; slewing stays far below. */
const tolerance = 2000;

/**
 * Detects that this machine was suspended, or that its clock was set.
 *
 * `performance.now` does not count while a machine is suspended (CLOCK_MONOTONIC), and no event tells a page of it. The
 * wall clock goes on, so the two diverge by the time of the suspension. This is the only file that reads the wall clock, and it
 * takes no time from it: it only reports that the page's time has to be requested again.
 */
export class Lapse {
  constructor() {
    this.gap = Lapse.measure();
  }

  static measure() {
    return Date.now() - performance.now();
  }

  /** True once for each time that the clocks have diverged. */
  happened() {
    const gap = Lapse.measure();
    const parted = Math.abs(gap - this.gap) > tolerance;
    this.gap = gap;
    return parted;
  }
}
