import { get } from "../../shared/api.js";
import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { heading, named, pager, tile } from "./parts.js";
import { paperState } from "./ticket.js";

/** A notice is longer than a ticket slip and may wait for one before it. */
const noticePatience = 20_000;

/** The notice on its way to paper; when paper fails, the notice itself on the screen. */
export function notice(app, values) {
  let mine = values.notice;
  let patienceEnded = false;
  const timer = setTimeout(() => {
    patienceEnded = true;
    catchUp();
    app.refresh();
  }, noticePatience);

  const paper = () => paperState(mine.slip, patienceEnded);

  const failed = () => paper() === "failed" || paper() === "none";

  async function catchUp() {
    try {
      mine = { ...mine, ...(await get(`/v1/notices/${mine.id}`)) };
      app.refresh();
    } catch {
      // What the page last knew stays; the banner says when the line is down.
    }
  }

  return {
    // The presses stay where they are while the paper comes; only the words change.
    key: () => JSON.stringify([failed(), mine.slip === null, app.isOpen]),
    left: () => clearTimeout(timer),
    reconnected: catchUp,
    heard: (name, data) => {
      if (data.notice && data.notice.id === mine.id) mine = { ...mine, ...data.notice };
    },
    build: () => {
      const onScreen = failed();
      return h(
        "div.layout",
        { class: () => `layout paper-${paper()}` },
        h(
          "div.head",
          null,
          h("div.slip", null, icon(onScreen ? "warn" : "print"), heading(() => t(`notice.${paper()}.title`))),
          h("p.large", { role: "status" }, () => t(`notice.${paper()}.text`)),
          h("p.hint", null, named(app.itemName(values.item))),
        ),
        onScreen
          ? pager(
            h("img.page", { src: mine.url, alt: t("notice.picture", { name: app.itemName(values.item) }) }),
            t("notice.pictureLabel"),
          )
          : null,
        h(
          "div.press",
          null,
          h(
            "div.tiles",
            null,
            onScreen && mine.slip
              ? tile(
                { name: "print", title: t("notice.again"), act: () => app.printNotice(values.item, values.situations) },
              )
              : null,
            onScreen ? tile({ name: "bell", title: t("ticket.staff"), act: () => app.callHelp() }) : null,
            onScreen ? null : tile({ name: "check", title: t("notice.done"), act: () => app.reset() }),
            // Where it stood on the item's screen, so that a trembling finger on 打印告知单 takes no number.
            app.isOpen
              ? tile({
                  name: "ticket",
                  title: t("take.button"),
                  line: t("item.take.line"),
                  main: true,
                  act: () => app.takeTicket({ items: [values.item] }),
                })
              : null,
          ),
        ),
      );
    },
  };
}
