import { comingWords, hallClock, hoursWords } from "../../shared/clock.js";
import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { phrases } from "../../shared/phrases.js";
import { dataLanguage, t } from "../../shared/words.js";
import { pager } from "../pager.js";

export { pager };


/**
 * A large button: a picture, a title, and a line of explanation.
 *
 * @param {object} parts
 * @param {string} parts.name of the picture
 * @param {any} parts.title
 * @param {any} [parts.line]
 * @param {() => void} parts.act
 * @param {boolean} [parts.main]
 * @param {string} [parts.className]
 * @param {boolean} [parts.disabled]
 */
export function tile({ name, title, line = null, act, main = false, className = "", disabled = false }) {
  const element = h(
    `button.button.tile${main ? ".main" : ""}`,
    { type: "button", onclick: act, disabled },
    icon(name),
    h("span.words", null, h("span.title", null, title), line ? h("span.line", null, line) : null),
  );
  if (className) element.classList.add(className);
  return element;
}

/**
 * A name from the catalogue, which is Chinese whatever the page's language.
 *
 * @param {string} text
 */
export function named(text, tag = "span") {
  return h(tag, { lang: dataLanguage() }, phrases(text));
}

/**
 * A name in the page's language; where the catalogue has only the Chinese one, that, with a hint.
 *
 * @param {string} chinese
 * @param {string | null | undefined} english
 * @param {string} tag
 */
function titled(chinese, english, tag) {
  if (!dataLanguage()) return h(tag, null, phrases(chinese));
  if (english) return h(tag, null, english);
  return h(tag, null, named(chinese), " ", h("span", null, t("data.chineseOnly")));
}

/** @param {API.ItemSummary | API.Item} one */
export function itemTitle(one, tag = "span") {
  return titled(one.name, one.name_en, tag);
}

/** @param {Pages.App} app */
export function departmentTitle(app, name, tag = "span") {
  const one = app.catalogue.find((item) => item.department === name);
  return titled(name, one && one.department_en, tag);
}

/**
 * A button for an entry of the catalogue: its Chinese name, or an element with the name in the page's language.
 *
 * @param {string | Node} title
 * @param {() => void} act
 * @param {string | Node | null} [note]
 */
export function chip(title, act, note = null) {
  const small = note instanceof Node || !note ? note : named(note, "small");
  return h("button.button.chip", { type: "button", onclick: act }, title instanceof Node ? title : named(title), small);
}

/**
 * The words beside an item's name: where else it is done, or how fast it is.
 *
 * @param {API.ItemSummary} one
 */
export function itemNote(one) {
  return one.elsewhere ? h("small", null, t(`elsewhere.${one.elsewhere.kind}.short`)) : one.promise;
}

/**
 * A row of a list of items: its name as a button. Of an item with several questions the answers to one of them are buttons beside
 * the name, so that one touch chooses both.
 *
 * @param {Pages.App} app
 * @param {API.ItemSummary} one
 */
export function itemLine(app, one) {
  const open = (answers) => app.show("item", answers ? { code: one.code, answers } : { code: one.code });
  const asked = one.ask_first;
  if (!asked) return h("li", null, chip(itemTitle(one), () => open(), itemNote(one)));
  const note = itemNote(one);
  const way = (answer) =>
    h("button.button.way", { type: "button", onclick: () => open([answer.key]) }, named(answer.label));
  return h(
    "li.asked",
    null,
    h(
      "p.name",
      null,
      itemTitle(one, "strong"),
      asked.ask ? named(asked.ask) : h("span", null, t("question.which")),
      note instanceof Node || !note ? note : named(note, "small"),
    ),
    h("div.ways", { role: "group", "aria-label": one.name, lang: dataLanguage() }, asked.answers.map(way)),
  );
}

export function heading(text, attributes = {}) {
  return h("h1", { tabindex: "-1", ...attributes }, text);
}

/**
 * The departments with the number of their items, in the catalogue's order.
 *
 * @param {Pages.App} app
 */
export function departments(app) {
  const counts = new Map();
  for (const one of app.catalogue) counts.set(one.department, (counts.get(one.department) || 0) + 1);
  return Array.from(counts);
}

/**
 * 先看要带什么: the departments, one touch from their items.
 *
 * @param {Pages.App} app
 */
export function departmentList(app, title) {
  const list = departments(app);
  if (!list.length) return null;
  return h(
    "section.departments",
    { "aria-label": title },
    h("h2", null, icon("list"), h("span", null, title)),
    h(
      "div.chips",
      null,
      list.map(([name]) => chip(departmentTitle(app, name), () => app.show("department", { name }))),
      app.bundles.length ? chip(h("span", null, t("bundles.key")), () => app.show("bundles")) : null,
    ),
  );
}

/**
 * The items that people come for most, as chips.
 *
 * @param {Pages.App} app
 */
export function frequentItems(app, act) {
  const items = app.hall.frequent.flatMap((code) => app.known.get(code) || []);
  if (!items.length) return null;
  return h(
    "section.frequent",
    { "aria-label": t("frequent.title") },
    h("h2", null, t("frequent.title")),
    h("div.chips", null, items.map((one) => chip(itemTitle(one), () => act(one.code)))),
  );
}

/**
 * The departments and the frequent items, in pages where they do not fit side by side. In the largest type the frequent items come
 * first, because most residents see no other page.
 *
 * @param {Pages.App} app
 */
export function chooseItem(app, { title = "", byDepartment = true, frequent = true }) {
  const lists = [
    byDepartment ? departmentList(app, title) : null,
    frequent ? frequentItems(app, (code) => app.show("item", { code })) : null,
  ];
  if (!lists.some(Boolean)) return null;
  return pager(h("div.choose", null, app.settings.size === "extra" ? lists.reverse() : lists), t("home.choose"));
}

/**
 * Why no numbers are given now and when to come again.
 *
 * @param {Pages.App} app
 */
export function closedWords(app) {
  const { day, hall } = app.hall;
  if (app.reconciling) {
    return {
      title: t("closed.reconciling.title"),
      text: t("closed.reconciling.text"),
      hours: hoursWords(hall, day),
    };
  }
  const state = day ? day.state : "closed";
  const coming = day && day.next_opening ? comingWords(day.next_opening, hallClock.shown()) : "";
  const words = day && day.next_opening_provisional ? "closed.coming.provisional" : "closed.coming";
  return {
    title: t(`closed.${state}.title`),
    text: coming ? t(words, { when: coming }) : t(`closed.${state}.text`),
    hours: hoursWords(hall, day),
  };
}

/**
 * Shown instead of 取号 while no numbers are given.
 *
 * @param {Pages.App} app
 */
export function closedLine(app) {
  const words = closedWords(app);
  return h("p.closed-line", null, icon("clock"), h("span", null, h("strong", null, words.title), " ", words.text));
}

/**
 * Whether none of several lanes gives numbers because their windows cannot serve more people until closing time (号已发完). The button
 * of such a lane still works, and shows what can be done instead.
 *
 * @template {Pick<API.Lane, "accepting" | "paused" | "stopped">} One
 * @param {One[]} lanes
 */
export function stoppedAmong(lanes) {
  return lanes.some((one) => one.accepting) ? null : lanes.find((one) => one.stopped && !one.paused) || null;
}

/**
 * How many wait, and whether no window is open for them.
 *
 * @param {Array<Pick<API.Lane, "waiting" | "open_windows">>} lanes
 */
export function aheadWords(lanes) {
  const count = lanes.reduce((sum, one) => sum + one.waiting, 0);
  const unattended = lanes.length > 0 && lanes.every((one) => one.open_windows === 0);
  return t(unattended ? "home.ahead.unattended" : "home.ahead", { count });
}

/**
 * 取号 for an item; 仍要取号 where it is done elsewhere; when to come again where no numbers are given.
 *
 * @param {Pages.App} app
 * @param {API.Item} item
 * @param {string} line
 * @param {boolean} main
 */
export function takePress(app, item, line, main) {
  if (!app.hasQueue) return null;
  if (!app.isOpen) return closedLine(app);
  const lane = app.hall.lanes.find((one) => one.letter === item.lane);
  const full = lane && !lane.accepting;
  const away = item.elsewhere !== null;
  if (lane && stoppedAmong([lane])) return stoppedTile(app, lane, { title: t("take.button"), isListed: true, items: [item.code] });
  return tile({
    name: "ticket",
    title: t(away ? "elsewhere.insist" : "take.button"),
    line: full ? fullWords([lane]) : t(away ? "elsewhere.insist.line" : line),
    disabled: full,
    main: main && !away,
    act: () => app.takeTicket(away ? { items: [item.code], insist: true } : { items: [item.code] }),
  });
}

/**
 * Shown instead of 取号 for a lane whose numbers are stopped; leads to what can be done instead.
 *
 * @param {Pages.App} app
 * @param {{ letter: string }} lane
 * @param {{ title: any, className?: string, isListed?: boolean, items?: string[] }} values
 */
export function stoppedTile(app, lane, { title, className = "", isListed = false, items = [] }) {
  return tile({
    name: "ticket", title, line: t("home.stopped"), className,
    act: () => app.show("stopped", { letter: lane.letter, isListed, items }),
  });
}

/**
 * `1—3` or `1、3` 号窗口.
 *
 * @param {number[]} numbers
 */
export function windowWords(numbers) {
  if (!numbers || !numbers.length) return "";
  const run = numbers.length > 2 && numbers.every((one, index) => index === 0 || one === numbers[index - 1] + 1);
  const list = run ? `${numbers[0]}–${numbers[numbers.length - 1]}` : numbers.join(t("list.comma"));
  return t("windows.words", { list });
}

/**
 * Why none of these lanes gives numbers: a coordinator has paused them, with the reason; or none are left.
 *
 * @param {Array<{ paused: string | null }>} lanes
 */
export function fullWords(lanes) {
  const paused = lanes.find((one) => one.paused);
  return paused ? t("lane.paused", { reason: paused.paused }) : t("home.full");
}
