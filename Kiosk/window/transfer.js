import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { hasWords, t } from "../shared/words.js";
import { itemSearch } from "./itemsearch.js";

const reasons = /** @type {const} */ (["wrong_window", "needs_department", "language", "police", "other"]);

/** @typedef {API.Body<"POST", "/v1/windows/{n}/transfer">} Body */
/** @typedef {{ key: string, words: string, note: string, body: Pick<Body, "lane" | "window"> }} Target */

/**
 * The targets of a transfer: the lanes by their letters, then the other windows by their numbers, each with its open windows or its clerk.
 *
 * @param {Pages.Console} console
 * @returns {Target[]}
 */
function targets(console) {
  const { lanes, windows } = console.store.state;
  const { ticket, window } = console.at;
  const isOpen = (number) => windows.some((one) => one.number === number && !["closed", "paused"].includes(one.state));
  const toLanes = lanes
    .filter((one) => one.windows.length && !(ticket && one.letter === ticket.lane && window.lanes.includes(one.letter)))
    .map((one) => {
      const open = one.windows.filter(isOpen);
      const note = open.length ? t("transfer.lane.note", { windows: open.join(t("list.comma")), count: one.waiting }) : t("transfer.lane.none");
      return { key: one.letter, words: `${one.letter} ${one.name}`, note, body: { lane: one.letter } };
    });
  const toWindows = windows
    .filter((one) => one.number !== console.session.window && one.state !== "closed")
    .map((one) => ({
      key: String(one.number),
      words: t("transfer.window", { number: one.number, name: one.name }),
      note: [t(`window.state.${one.state}`), one.clerk].filter(Boolean).join(" "),
      body: { window: /** @type {number} */ (one.number) },
    }));
  return [...toLanes, ...toWindows];
}

const key = (words) => h("kbd", { "aria-hidden": "true" }, words);

function choice(name, words, note, act) {
  return h(
    "button.button.choice",
    { type: "button", onclick: act },
    h("span", null, words, note ? h("small", null, ` ${note}`) : null),
    key(name),
  );
}

/**
 * A field for a reason in the clerk's own words.
 *
 * @param {(words: string) => void} done called with at least one character
 */
function wordsForm(done) {
  const field = h("input", { id: "transfer-words", maxlength: 60, autocomplete: "off", required: true });
  const submit = (event) => {
    event.preventDefault();
    const words = field.value.trim();
    if (words) done(words);
  };
  const form = h(
    "form.inline",
    { onsubmit: submit },
    h("label", { for: "transfer-words" }, t("transfer.words.label")),
    field,
    h("button.button.main", { type: "submit" }, t("verb.transfer")),
  );
  return { form, field };
}

/**
 * 转号 by keyboard: a letter or a number for the target, a digit for the reason. The hall's refusal says what else is needed.
 *
 * @param {Pages.Console} console
 */
export function transferDialog(console) {
  const { ticket } = console.at;
  if (!ticket || !console.allows("transfer")) return;
  const { number } = ticket;
  /** @type {API.Item[] | Pages.PresentTicket["items"]} */
  let items = ticket.items.slice();
  let changed = false;
  /** @type {Target | null} */
  let target = null;
  /** @type {((event: KeyboardEvent) => void) | null} */
  let onKey = null;
  let close = null;
  const said = h("p.said", { role: "alert" });
  const stage = h("div.stage", null);
  const step = h("p.hint", { role: "status" });

  /** @param {string} reason @param {boolean} insist */
  async function send(reason, insist = false) {
    if (!target) return;
    const path = /** @type {const} */ (`/v1/windows/${console.session.window}/transfer`);
    /** @type {Body} */
    const body = { ...target.body, reason };
    if (changed) body.items = items.map((one) => one.code);
    if (insist) body.insist = true;
    const answer = await console.act("transfer", path, body);
    if (answer) {
      close();
      return;
    }
    if (!console.said) return;
    const { problem } = console.said;
    console.said = null;
    console.refresh();
    said.textContent = `${problem.title}${t("transfer.stop")}${problem.detail}`;
    if (problem.code === "no_open_window") showInsist(reason);
    else if (problem.code === "transfer_needs_words") showWords(insist);
    else if (problem.code === "bad_reason") showWords(insist);
    else showTargets();
  }

  /**
   * Choices, each with its key of the keyboard.
   *
   * @param {{ key: string, words: string, note?: string, act: () => void }[]} acts
   * @param {HTMLElement | null} above
   */
  function offer(acts, above = null) {
    onKey = (event) => acts.find((one) => one.key === event.key.toUpperCase())?.act();
    fill(stage, above, h("div.choices.keyed", null, acts.map((one) => choice(one.key, one.words, one.note, one.act))));
    const [first] = stage.querySelectorAll("button");
    if (first) first.focus({ preventScroll: true });
  }

  function showTargets() {
    const all = targets(console);
    target = null;
    step.textContent = t("transfer.where");
    const pick = (one) => {
      target = one;
      said.textContent = "";
      showReasons();
    };
    offer(all.map((one) => ({ key: one.key, words: one.words, note: one.note, act: () => pick(one) })));
  }

  function showReasons() {
    const to = /** @type {Target} */ (target);
    step.textContent = t("transfer.why", { to: to.words });
    const acts = [
      ...reasons.map((reason) => ({ words: t(`transfer.reason.${reason}`), act: () => send(reason) })),
      { words: t("transfer.own"), act: () => showWords(false) },
      { words: t("transfer.items"), act: () => showItems() },
    ];
    const now = changed ? h("p.hint", null, t("transfer.changed", { items: items.map((one) => one.name).join("、") })) : null;
    offer(acts.map((one, index) => ({ ...one, key: String(index + 1) })), now);
  }

  /** @param {boolean} insist */
  function showWords(insist) {
    onKey = null;
    step.textContent = t("transfer.words");
    const { form, field } = wordsForm((words) => send(words, insist));
    fill(stage, form);
    field.focus();
  }

  /** @param {string} reason */
  function showInsist(reason) {
    step.textContent = "";
    offer([
      { key: "1", words: t("transfer.insist"), act: () => send(reason, true) },
      { key: "2", words: t("transfer.other"), act: showTargets },
    ]);
  }

  function showItems() {
    onKey = null;
    step.textContent = t("transfer.items.hint");
    fill(
      stage,
      itemsEditor(console, items, (chosen) => {
        items = chosen;
        changed = true;
        showReasons();
      }),
    );
  }

  const body = h("div.transfer", null, step, stage, said);
  body.addEventListener("keydown", (event) => {
    if (onKey && !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat) onKey(event);
  });
  close = openDialog({
    title: t("transfer.title", { number }),
    body,
    className: "wide",
    onEscape: () => close(),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
  showTargets();
}

/**
 * A list of items to which items are added by a search, and from which they are removed.
 *
 * @param {Pages.Console} console
 * @param {{ code: string, name: string }[]} given
 * @param {(items: { code: string, name: string }[]) => void} done called with at least one
 */
function itemsEditor(console, given, done) {
  let items = given.slice();
  const said = h("p.said", { role: "alert" });
  const list = h("ul.chosen", null);
  const search = itemSearch({
    id: "items-query",
    most: console.store.state.shown.suggestions,
    onChoose: (one) => {
      if (!one) return;
      if (!items.some((other) => other.code === one.code)) items = [...items, one];
      search.field.value = "";
      show();
      search.field.focus();
    },
    onFault: (words) => {
      said.textContent = words;
    },
  });
  function show() {
    fill(
      list,
      items.map((one) =>
        h(
          "li",
          null,
          h("span", null, one.name),
          h(
            "button.button.small.quiet",
            {
              type: "button",
              "aria-label": t("items.remove.spoken", { name: one.name }),
              onclick: () => {
                items = items.filter((other) => other.code !== one.code);
                show();
              },
            },
            t("items.remove"),
          ),
        ),
      ),
    );
  }
  const submit = (event) => {
    event.preventDefault();
    if (search.isOpen()) said.textContent = t("takeFor.unresolved");
    else if (items.length) done(items);
    else said.textContent = t("items.none");
  };
  show();
  const form = h(
    "form.takefor",
    { onsubmit: submit },
    list,
    h("p.field", null, h("label", { for: "items-query" }, t("items.add")), search.field),
    search.hits,
    said,
    h("button.button.main", { type: "submit" }, t("items.go")),
  );
  queueMicrotask(() => search.field.focus());
  return form;
}

/**
 * 实际办理: what is really done, where it differs from what was asked for. It is not needed for an ordinary visit.
 *
 * @param {Pages.Console} console
 */
export function servedDialog(console) {
  const { ticket } = console.at;
  if (!ticket || !console.allows("items")) return;
  let close = null;
  const path = /** @type {const} */ (`/v1/windows/${console.session.window}/items`);
  close = openDialog({
    title: t("items.title", { number: ticket.number }),
    onEscape: () => close(),
    body: h(
      "div",
      null,
      h("p.hint", null, t("items.hint")),
      itemsEditor(console, ticket.served_items || ticket.items, (items) => {
        close();
        console.act("items", path, { items: items.map((one) => one.code) });
      }),
    ),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

/**
 * Why a ticket was sent on, in words.
 *
 * @param {{ reason: string, words: string | null }} transfer
 */
export function reasonWords(transfer) {
  const words = `transfer.reason.${transfer.reason}`;
  return transfer.words || (hasWords(words) ? t(words) : transfer.reason);
}

/**
 * Where it was sent.
 *
 * @param {{ lane: string | null, window: number | null }} transfer
 */
export function whereWords(transfer) {
  return transfer.window === null ? t("transfer.to.lane", { lane: transfer.lane || "" }) : t("transfer.to.window", { number: transfer.window });
}

/**
 * The open transfers for which this member is responsible: of tickets that they handled first, or sent on.
 *
 * @param {Pages.Console} console
 */
export function ownTransfers(console) {
  const { badge } = console.session;
  return console.store.state.tickets.filter((one) => one.transfer && (one.first_asked === badge || one.transfer.by === badge));
}

/**
 * 踢皮球: tickets that were sent on three times, for the coordinator.
 *
 * @param {Pages.Console} console
 */
export function sentAround(console) {
  if (console.session.role !== "coordinator") return [];
  return console.store.state.tickets.filter((one) => one.transfer && one.transfer.told);
}

/** @param {API.Ticket} ticket */
export function aroundWords(ticket) {
  const { transfer, transfers, number } = ticket;
  if (!transfer) return "";
  return t("transfer.around", { number, count: transfers, to: whereWords(transfer), reason: reasonWords(transfer) });
}
