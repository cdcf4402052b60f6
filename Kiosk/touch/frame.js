import { dateWords, hallClock, timeOfDay } from "../shared/clock.js";
import { byID, fill, h, View } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { currentLanguage, dataLanguage, inLanguage, t } from "../shared/words.js";
import { shrink } from "./fit.js";
import { sizes } from "./settings.js";

/** The frame of every screen: the hall and the time above, notes about faults, and the tools below. */
export class Frame {
  /** @param {Pages.App} app */
  constructor(app) {
    this.app = app;
    /** @type {string | null} */
    this.key = null;
    /** @type {View | null} */
    this.top = null;
    /** @type {View | null} */
    this.foot = null;
    this.noted = "";
  }

  refresh() {
    const { app } = this;
    const { settings } = app;
    const key = JSON.stringify([app.name === "home", app.name === "ticket" || app.name === "notice", settings, app.reader.on]);
    if (key !== this.key) {
      this.key = key;
      this.build();
    }
    for (const view of [this.top, this.foot]) if (view) view.refresh();
    this.notes();
  }

  build() {
    this.top = new View(() => this.header());
    this.foot = new View(() => this.footer());
    fill(byID("top"), this.top.element);
    const foot = byID("foot");
    const index = Array.from(foot.querySelectorAll("button")).findIndex((one) => one === document.activeElement);
    fill(foot, this.foot.element);
    shrink(foot);
    const same = foot.querySelectorAll("button")[index];
    if (same) same.focus({ preventScroll: true });
    document.title = t("touch.title");
  }

  header() {
    const { app } = this;
    const now = () => hallClock.shown();
    return h(
      "div.bar",
      null,
      h("p.hall", { lang: dataLanguage() }, icon("hall"), h("span", null, () => app.hall.hall.name)),
      h("p.clock", null, h("span.date", null, () => dateWords(now())), h("time", null, () => timeOfDay(now()))),
    );
  }

  footer() {
    const { app } = this;
    const inside = app.name !== "home";
    const noBack = app.name === "ticket" || app.name === "notice";
    const button = (name, label, act, extra = {}) =>
      h("button.button.quiet", { type: "button", onclick: act, ...extra }, icon(name), h("span", null, label));
    return h(
      "div.bar",
      null,
      inside
        ? h(
            "nav.group",
            { "aria-label": t("nav.label") },
            noBack ? null : button("back", t("nav.back"), () => app.back(), { "data-repeats": true }),
            button("home", t("nav.home"), () => (noBack ? app.reset() : app.show("home"))),
          )
        : null,
      h(
        "div.group.tools",
        { role: "group", "aria-label": t("tools.label") },
        inside ? this.sizeCycle() : this.allTools(),
        this.readKey(),
      ),
      h(
        "button.button.help",
        { type: "button", onclick: () => app.callHelp() },
        icon("bell"),
        h("span", null, t("help.button")),
      ),
    );
  }

  change(changes) {
    this.app.settings.set(changes);
    this.app.rebuild();
  }

  toggle(label, pressed, changes, attributes = {}) {
    return h(
      "button.button.quiet",
      {
        type: "button",
        "aria-pressed": String(pressed),
        "data-repeats": true,
        onclick: () => this.change(changes),
        ...attributes,
      },
      label,
    );
  }

  sizeCycle() {
    const { settings } = this.app;
    const next = sizes[(sizes.indexOf(settings.size) + 1) % sizes.length];
    return h(
      "button.button.quiet",
      { type: "button", onclick: () => this.change({ size: next }), "data-repeats": true },
      t("size.change", { size: t(`size.${settings.size}`) }),
    );
  }

  /** 朗读: reads what the screen says, until it is pressed again or the resident has left. */
  readKey() {
    const { app } = this;
    return h(
      "button.button.quiet.read",
      {
        type: "button",
        "aria-pressed": String(app.reader.on),
        "data-repeats": true,
        onclick: () => app.reader.toggle(app.main),
      },
      icon(app.reader.on ? "speaker" : "muted"),
      h("span", null, t("read.button")),
    );
  }

  allTools() {
    const { settings } = this.app;
    const english = currentLanguage() === "en";
    return [
      h(
        "div.segments",
        { role: "group", "aria-label": t("size.label") },
        sizes.map(
          (size) => this.toggle(
            t(`size.${size}`),
            settings.size === size,
            { size },
            { class: `button quiet size-${size}` },
          ),
        ),
      ),
      this.toggle(english ? "中文" : "English", false, { language: english ? "zh-Hans" : "en" }, {
        lang: english ? "zh-Hans" : "en",
        "aria-pressed": null,
      }),
      this.toggle(t("contrast.high"), settings.contrast === "high", {
        contrast: settings.contrast === "high" ? "ordinary" : "high",
      }),
      this.toggle(t("low.button"), settings.low, { low: !settings.low }, { class: "button quiet low-mode" }),
    ];
  }

  notes() {
    const { app } = this;
    /** @type {import("./cards.js").Line[]} */
    const lines = [];
    if (app.stale) lines.push(["stale", "warn", t("stale", { seconds: Math.floor(app.stale / 1000) })]);
    if (app.reader.on && app.reader.failed) lines.push(["fault", "muted", t("read.failed")]);
    if (app.help) lines.push([app.help.state === "failed" ? "fault" : "now", "bell", app.helpWords]);
    if (app.name === "home" && app.paperFaults.length && app.isOpen) {
      const remedy = inLanguage(app.paperFaults[0].remedy);
      lines.push(["fault", "print", t("paper.none")]);
      if (remedy) lines.push(["remedy", "question", t("paper.remedy", { remedy })]);
    }
    lines.push(...app.cards.lines);
    // What the catalogue has in Chinese only is said plainly, not left to be found out.
    if (app.main.querySelector("[lang='zh-Hans']")) lines.push(["plain-note", "question", t("chinese.only")]);
    const shown = JSON.stringify(lines);
    if (shown === this.noted) return;
    this.noted = shown;
    fill(
      byID("notes"),
      lines.map(([kind, name, words, press]) =>
        h(
          `p.banner.${kind}`,
          null,
          icon(name),
          h("span", null, words),
          press ? h("button.button", { type: "button", onclick: press.act }, press.label) : null,
        ),
      ),
    );
  }
}
