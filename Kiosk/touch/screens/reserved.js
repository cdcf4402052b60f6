import { get } from "../../shared/api.js";
import { dayWords } from "../../shared/days.js";
import { h } from "../../shared/dom.js";
import { icon } from "../../shared/icons.js";
import { t } from "../../shared/words.js";
import { heading, named, tile } from "./parts.js";
import { paperIcon, paperState } from "./ticket.js";

/** Milliseconds after which the state of the slip is requested once, and after which a resident is told not to wait for it. */
const slipLook = 3_000;
const slipPatience = 12_000;

/** The code in three groups, to be written down where no slip comes out. */
const grouped = (code) => [code.slice(0, 4), code.slice(4, 8), code.slice(8)].join("-");

/**
 * A reservation: what it is for, when to come, and cancelling it. `problem` says why its code gave no number.
 *
 * @param {Pages.App} app
 * @param {{ reservation: API.Reservation, problem?: { title: string, detail: string } }} values
 */
export function reserved(app, values) {
  let mine = values.reservation;
  let patienceEnded = false;
  let timer = setTimeout(lookAgain, slipLook);

  function lookAgain() {
    timer = setTimeout(() => {
      patienceEnded = true;
      app.refresh();
    }, slipPatience - slipLook);
    if (paper() === "coming" || paper() === "away") catchUp();
  }

  const isNew = () => !values.problem;
  const paper = () => paperState(mine.slip, patienceEnded, app.hasPrinter);
  const comes = () => paper() === "out" || paper() === "coming";

  async function catchUp() {
    try {
      mine = await get(`/v1/reservations/${mine.id}`);
      app.refresh();
    } catch {
      // The reservation on the screen is still valid.
    }
  }

  async function reprint() {
    const again = await app.during((press) => press.post(`/v1/tickets/${mine.id}/reprint`, app.withKiosk({})), reprint);
    if (!again) return;
    patienceEnded = false;
    clearTimeout(timer);
    timer = setTimeout(lookAgain, slipLook);
    await catchUp();
  }

  async function cancel() {
    const cancelled = await app.during((press) => press.post(`/v1/reservations/${mine.id}/cancel`), cancel);
    if (cancelled) app.replace("reserved", { reservation: cancelled, problem: { title: t("reserved.cancelled"), detail: t("reserved.cancelled.text") } });
  }

  const mayCancel = () => mine.state === "booked";

  function presses() {
    return [
      tile({ name: "check", title: t("ticket.done"), line: t("ticket.done.line"), main: true, act: () => app.reset() }),
      isNew() && app.hasPrinter && !comes() ? tile({ name: "print", title: t("ticket.reprint"), act: reprint }) : null,
      mayCancel()
        ? tile({ name: "undo", title: t("reserved.cancel"), line: t("reserved.cancel.line"), className: "cancel", act: cancel })
        : null,
      isNew() ? null : tile({ name: "ticket", title: t("take.button"), act: () => app.show("home") }),
    ];
  }

  return {
    key: () => JSON.stringify([comes() || paper(), mine.state, app.hasPrinter]),
    left: () => clearTimeout(timer),
    reconnected: catchUp,
    heard: (name, data) => {
      if (data.reservation && data.reservation.id === mine.id && data.reservation.slip) mine = { ...mine, slip: data.reservation.slip };
    },
    build: () =>
      h(
        "div.layout",
        { class: () => `layout paper-${paper()}` },
        h(
          "div.head",
          null,
          values.problem ? h("p.large.trouble", { role: "alert" }, values.problem.title) : h("p.yours", null, t("reserved.yours")),
          heading(`${dayWords(mine.date)} ${mine.from}`, { class: "when" }),
          mine.items.length ? h("p.large", null, named(mine.items.map((one) => one.name).join("、"))) : null,
          h("p.large", null, values.problem ? values.problem.detail : t(mine.by_card ? "reserved.come.card" : "reserved.come", { from: mine.from })),
        ),
        h(
          "div.press",
          null,
          isNew()
            ? h("p.slip", { role: "status" }, icon(paperIcon(paper())), h("span", null, () => t(`reserved.paper.${paper()}`)))
            : null,
          isNew() && !comes() ? h("p.large.code", null, t("reserved.code", { code: grouped(mine.id) })) : null,
          h("div.tiles", null, presses()),
        ),
      ),
  };
}
