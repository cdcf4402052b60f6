/** Milliseconds by which the two clocks may part between two looks: slewing stays far below. */
const tolerance = 2000;

/**
 * Notices that this machine slept, or that its clock was set.
 *
 * `performance.now` does not count while a machine is suspended (CLOCK_MONOTONIC), and no event tells a page of it. The
 * wall clock does go on, so the two part by the time slept. This is the one place that asks the wall clock, and it never
 * takes a time from it: it only says that what the page believes of the time has to be asked for again.
 */
export class Lapse {
  constructor() {
    this.gap = Lapse.measure();
  }

  static measure() {
    return Date.now() - performance.now();
  }

  /** True once for each time the clocks parted. */
  happened() {
    const gap = Lapse.measure();
    const parted = Math.abs(gap - this.gap) > tolerance;
    this.gap = gap;
    return parted;
  }
}
