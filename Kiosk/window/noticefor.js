import { get, Press } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { dataLanguage, t } from "../shared/words.js";
import { itemSearch } from "./itemsearch.js";

/** What a slip's state means to the clerk who waits for it. */
function paper(slip) {
  if (!slip) return "failed";
  if (slip.state === "printed" || slip.state === "sent") return "out";
  return slip.state === "queued" || slip.state === "printing" ? "coming" : "failed";
}

/** A material's name with what stands behind it: how necessary it is, and what serves for it. */
function named(entry) {
  const marks = new Set();
  for (const one of entry.choices) {
    marks.add(one.necessity);
    if (one.behind) marks.add(t(`item.behind.${one.behind}`));
  }
  return `${entry.name}（${Array.from(marks).join("，")}）`;
}

/** 打印告知单 for a resident at the window: the item (`chosen`, or found by typing), the answers to its questions, and the slip with its stub. */
export function noticeForDialog(console, chosen = null) {
  const press = new Press();
  const present = console.at.ticket;
  const { kiosks } = console.store.state;
  let item = null;
  /** The keys that answer one question each, in their order. */
  let said = [];
  let list = null;
  let round = 0;
  let notice = null;
  let close = null;

  const trouble = h("p.said", { role: "alert" });
  const state = h("div.case", { "aria-live": "polite" });
  const result = h("div.result", { role: "status" });
  const go = h("button.button.main", { type: "submit", disabled: true }, t("noticeFor.go"));
  const kiosk = h(
    "select",
    { id: "notice-kiosk" },
    (kiosks || []).map((one) => h("option", { value: one }, one)),
  );
  const search = itemSearch({
    id: "notice-query",
    onChoose: (one) => {
      item = one;
      said = [];
      look();
    },
    onFault: (words) => {
      trouble.textContent = words;
    },
  });
  if (present && present.items) search.offer(present.items);

  const answers = () => said.flat();

  /** Asks the hall what follows from the answers so far. */
  async function look() {
    round += 1;
    const mine = round;
    list = null;
    trouble.textContent = "";
    if (!item) {
      show();
      return;
    }
    try {
      const path = `/v1/items/${encodeURIComponent(item.code)}/checklist`;
      const told = await get(`${path}?answers=${encodeURIComponent(answers().join(","))}`);
      if (mine === round) list = told;
    } catch (problem) {
      if (mine === round) trouble.textContent = `${problem.title} ${problem.detail}`;
    }
    if (mine === round) show();
  }

  function answer(keys) {
    said = [...said, keys];
    look();
  }

  function show() {
    go.disabled = !list || list.question !== null || !kiosk.value;
    if (!list) {
      fill(state);
      return;
    }
    const back = h(
      "button.button.small.quiet",
      {
        type: "button",
        onclick: () => {
          said = said.slice(0, -1);
          look();
        },
      },
      t("noticeFor.back"),
    );
    fill(state, list.question ? question(list.question) : materials(), said.length ? back : null);
    const first = state.querySelector("button");
    if (list.question && first) first.focus();
    else if (!go.disabled) go.focus();
  }

  function question(asked) {
    const chosen = new Set();
    const together = asked.choose === "any";
    const button = (one) => {
      const act = () => {
        if (!together) {
          answer([one.key]);
          return;
        }
        if (chosen.has(one.key)) chosen.delete(one.key);
        else chosen.add(one.key);
        element.setAttribute("aria-pressed", String(chosen.has(one.key)));
        next.disabled = chosen.size === 0;
      };
      const element = h(
        "button.button.small",
        { type: "button", onclick: act, "aria-pressed": together ? "false" : null, lang: dataLanguage() },
        one.label,
      );
      return element;
    };
    const next = h(
      "button.button.small.main",
      { type: "button", disabled: true, onclick: () => answer(Array.from(chosen)) },
      t("noticeFor.next"),
    );
    const none = () =>
      h("button.button.small", { type: "button", onclick: () => answer([asked.none]) }, t("noticeFor.none"));
    return h(
      "fieldset.ask",
      null,
      h("legend", null, asked.ask || t("question.which")),
      asked.answers.map(button),
      together ? [none(), next] : null,
    );
  }

  function materials() {
    const line = (key, entries) => {
      const names = entries.map(named).join("、");
      return names ? h("p", { lang: dataLanguage() }, t(key, { names })) : null;
    };
    const { cost, promised, legal, place } = list.told;
    const told = h(
      "ul.told",
      { lang: dataLanguage() },
      [
        t("item.cost", { cost }),
        t("item.promise", { limit: promised }),
        t("item.legal", { limit: legal }),
        t("item.place", { place }),
      ].map((words) => h("li", null, words)),
    );
    const lines = [
      line("noticeFor.list", list.bring),
      line("noticeFor.fill", list.fill),
      line("noticeFor.spare", list.spare),
    ].filter(Boolean);
    return [lines.length ? lines : h("p", null, t("noticeFor.nothing")), told];
  }

  async function print(event) {
    event.preventDefault();
    if (press.busy || go.disabled) return;
    trouble.textContent = "";
    const body = { item: item.code, situations: answers(), kiosk: kiosk.value };
    if (present && present.id) body.ticket = present.id;
    go.disabled = true;
    try {
      const made = await press.post("/v1/notices", body);
      if (made) done(made);
    } catch (problem) {
      trouble.textContent = `${problem.title} ${problem.detail}`;
      go.disabled = false;
    }
  }

  function done(made) {
    notice = made;
    form.hidden = true;
    tell();
    catchUp();
    cancel.textContent = t("dialog.close");
    cancel.focus();
  }

  function tell() {
    fill(
      result,
      h("p", null, t("noticeFor.number", { number: notice.number })),
      h("p.paper", null, t(`noticeFor.${paper(notice.slip)}`)),
      h("a.button.small.quiet", { href: notice.url, target: "_blank", rel: "noopener" }, t("noticeFor.look")),
    );
  }

  /** What became of the slip may have been told before the answer that names the notice: it is asked for once. */
  async function catchUp() {
    try {
      notice = { ...notice, ...(await get(`/v1/notices/${notice.id}`)) };
      tell();
    } catch {
      // What was last heard stays; the console says itself when its line is down.
    }
  }

  const hush = console.store.listen((name, data) => {
    if (!notice || !data.notice || data.notice.id !== notice.id) return;
    notice = { ...notice, ...data.notice };
    tell();
  });

  const form = h(
    "form.takefor",
    { onsubmit: print },
    h("p.field", null, h("label", { for: "notice-query" }, t("noticeFor.item")), search.field),
    search.hits,
    state,
    h("p.field", null, h("label", { for: "notice-kiosk" }, t("noticeFor.paper")), kiosk),
    trouble,
    go,
  );
  const leave = () => {
    hush();
    close();
  };
  const cancel = h("button.button.quiet", { type: "button", onclick: leave }, t("dialog.cancel"));
  if (chosen) {
    item = chosen;
    search.field.value = chosen.name;
    look();
  }
  close = openDialog({
    title: t("bar.noticeFor"),
    body: h("div", null, form, result),
    buttons: [cancel],
    onEscape: leave,
    focusFirst: search.field,
  });
}
