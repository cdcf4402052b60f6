import { fill, h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** Debian's libjs-chart.js; where it is not installed the figures stand in a table. */
const library = "/manage/chart.min.js";

/** @type {Promise<any> | null} */
let loading = null;

/** The script has a quarter of a megabyte, so it is loaded after the figures are on the screen. */
function chartLibrary() {
  loading ||= new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = library;
    script.onload = () => resolve(/** @type {any} */ (globalThis).Chart);
    script.onerror = () => resolve(null);
    document.head.appendChild(script);
  });
  return loading;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Numbers by hour, as bars: how many came, and how many were served. */
export class HourChart {
  constructor() {
    this.canvas = h("canvas", { "aria-hidden": "true" });
    this.table = h("div.hours");
    this.box = h("div.drawing", null, this.canvas);
    this.element = h("section.card.chart", { "aria-labelledby": "chart" }, h("h2", { id: "chart" }, t("today.hours")), this.box, this.table);
    /** @type {any} */
    this.chart = null;
    this.shown = "";
  }

  /** @param {API.Today["hours"]} hours */
  async show(hours) {
    const wanted = JSON.stringify([hours, document.documentElement.dataset.contrast]);
    if (wanted === this.shown) return;
    this.shown = wanted;
    this.fillTable(hours);
    const Chart = await chartLibrary();
    this.element.classList.toggle("drawn", Boolean(Chart));
    if (!Chart || wanted !== this.shown) return;
    const data = this.data(hours);
    if (this.chart) this.chart.destroy();
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 15;
    Chart.defaults.color = colour("--ink");
    const ticks = { precision: 0, maxTicksLimit: 5 };
    this.chart = new Chart(this.canvas, {
      type: "bar",
      data,
      options: {
        animation: false,
        maintainAspectRatio: false,
        plugins: { legend: { position: "top", align: "end", labels: { boxWidth: 18 } } },
        scales: { x: { grid: { display: false } }, y: { beginAtZero: true, suggestedMax: 4, ticks, grid: { color: colour("--line") } } },
      },
    });
  }

  data(hours) {
    const set = (name, fills) => ({ label: t(`today.hours.${name}`), data: hours.map((one) => one[name]), ...fills });
    return {
      labels: hours.map((one) => t("today.hours.hour", { hour: one.hour })),
      datasets: [
        set("issued", { maxBarThickness: 48, backgroundColor: colour("--press") }),
        // The bars differ by their edge too, for paper without colours.
        set("served", { maxBarThickness: 48, backgroundColor: colour("--now"), borderColor: colour("--now-ink"), borderWidth: 2 }),
      ],
    };
  }

  fillTable(hours) {
    const row = (name) =>
      h("tr", null, h("th", { scope: "row" }, t(`today.hours.${name}`)), hours.map((one) => h("td.figure", null, String(one[name]))));
    fill(
      this.table,
      hours.length
        ? h(
          "table",
          { "aria-labelledby": "chart" },
          h("thead", null, h("tr", null, h("td", null), hours.map((one) => h("th", { scope: "col" }, t("today.hours.hour", { hour: one.hour }))))),
          h("tbody", null, row("issued"), row("served")),
        )
        : h("p.hint", null, t("today.hours.none")),
    );
  }
}
