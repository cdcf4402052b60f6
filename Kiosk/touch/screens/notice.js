import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { IssuedNotice } from "../../shared/issued.js";
import { t } from "../../shared/words.js";
import { heading, named, pager, tile } from "./parts.js";
import { paperIcon, paperState } from "./ticket.js";

/** Milliseconds: a notice is longer than a ticket slip and may wait for another slip. */
const noticePatience = 20_000;

/**
 * A notice while it is printed; where printing fails, the notice itself is shown.
 *
 * @param {Pages.App} app
 * @param {{ notice: API.Notice, item: string }} values
 */
export function notice(app, values) {
  const issued = new IssuedNotice(values.notice);
  const { id, url } = values.notice;
  let patienceEnded = false;
  let timer = setTimeout(giveUp, noticePatience);

  function giveUp() {
    patienceEnded = true;
    catchUp();
    app.refresh();
  }

  const known = app.known.get(values.item);
  const away = Boolean(known && known.elsewhere);
  const paper = () => paperState(issued.notice.slip, patienceEnded, app.hasPrinter);

  const onScreen = () => paper() !== "out" && paper() !== "coming";
  /** The mark of a fault is shown for a fault only, not while the outcome is unknown. */
  const look = () => (onScreen() && paper() !== "failed" ? "none" : paper());

  async function acknowledge() {
    if (await app.during((press) => press.post(`/v1/tickets/${id}/acknowledge`), acknowledge)) app.reset();
  }

  /** 补打: the same notice under its number once more. */
  async function reprint() {
    const again = await app.during((press) => press.post(`/v1/tickets/${id}/reprint`, app.withKiosk({})), reprint);
    if (!again || again.is !== "notice") return;
    issued.take(again);
    patienceEnded = false;
    clearTimeout(timer);
    timer = setTimeout(giveUp, noticePatience);
    app.refresh();
  }

  async function catchUp() {
    if (await issued.catchUp()) app.refresh();
  }

  return {
    // The buttons stay where they are while the notice is printed; only the words change.
    key: () => JSON.stringify([!onScreen() || paper(), app.isOpen, app.hasPrinter]),
    left: () => clearTimeout(timer),
    reconnected: catchUp,
    heard: (name, data) => issued.heard(data),
    build: () => {
      const shown = onScreen();
      const asked = paper() === "asked";
      return h(
        "div.layout",
        { class: () => `layout paper-${look()}` },
        h(
          "div.head",
          null,
          h("div.slip", null, icon(paperIcon(paper())), heading(() => t(`notice.${paper()}.title`))),
          h("p.large", { role: "status" }, () => t(`notice.${paper()}.text`)),
          h("p.hint", null, named(app.itemName(values.item))),
        ),
        shown
          ? pager(
            h("img.page", { src: url, alt: t("notice.picture", { name: app.itemName(values.item) }) }),
            t("notice.pictureLabel"),
          )
          : null,
        h(
          "div.press",
          null,
          h(
            "div.tiles",
            null,
            asked ? tile({ name: "check", title: t("ticket.got"), main: true, act: acknowledge }) : null,
            app.hasPrinter && (asked || paper() === "failed")
              ? tile({ name: "print", title: t(asked ? "ticket.notGot" : "ticket.reprint"), act: reprint })
              : null,
            shown ? tile({ name: "bell", title: t("ticket.staff"), act: () => app.callHelp() }) : null,
            shown ? null : tile({ name: "check", title: t("notice.done"), act: () => app.reset() }),
            // Where it was on the item's screen, so that a second tap of a trembling finger on 打印告知单 takes no number.
            app.isOpen && !asked
              ? tile({
                  name: "ticket",
                  title: t(away ? "elsewhere.insist" : "take.button"),
                  line: t(away ? "elsewhere.insist.line" : "item.take.line"),
                  main: !away,
                  act: () => app.takeTicket({ items: [values.item], notice: values.notice.id, ...(away ? { insist: true } : {}) }),
                })
              : null,
          ),
        ),
      );
    },
  };
}
