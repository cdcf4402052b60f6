import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { secretFields } from "./secretfields.js";

/**
 * 数字密码: what a clerk types instead of the secret after the badge was scanned. The hall decides which ones are accepted.
 *
 * @param {{refused: (problem: any) => void, session: API.Session}} console `refused` is called when the session has ended
 */
export function pinDialog(console) {
  const { present, fresh, again, said, complain, areAlike, line } = secretFields(true);
  const set = h("button.button.main", { type: "submit", form: "pin-form" }, t(console.session.pin ? "pin.change" : "pin.set"));
  const drop = console.session.pin
    ? h("button.button.quiet", { type: "button", onclick: () => present.reportValidity() && save(null) }, t("pin.drop"))
    : null;
  const press = new Press({
    onChange: () => {
      set.disabled = press.busy;
      if (drop) drop.disabled = press.busy;
    },
  });

  /** @param {string | null} pin null for none */
  async function save(pin) {
    if (press.busy) return;
    try {
      await press.post("/v1/sessions/current/pin", { secret: present.value, pin });
    } catch (problem) {
      if (problem.status === 401) {
        close();
        console.refused(problem);
        return;
      }
      complain(problem.title, problem.detail);
      return;
    }
    console.session.pin = pin !== null;
    close();
    done(pin !== null);
  }

  const close = openDialog({
    title: t("pin.title"),
    onEscape: () => close(),
    focusFirst: present,
    body: h(
      "form.secret",
      {
        id: "pin-form",
        onsubmit: (event) => {
          event.preventDefault();
          if (areAlike()) save(fresh.value);
        },
      },
      h("p", null, t("pin.what")),
      line(present, t("pin.present")),
      line(fresh, t("pin.new")),
      line(again, t("pin.again")),
      h("p.hint", null, t("pin.hint")),
      said,
    ),
    buttons: [set, drop, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

function done(isSet) {
  const close = openDialog({
    title: t(isSet ? "pin.done" : "pin.dropped"),
    onEscape: () => close(),
    body: h("p", null, t(isSet ? "pin.done.how" : "pin.dropped.how")),
    buttons: [h("button.button.main", { type: "button", onclick: () => close() }, t("dialog.close"))],
  });
}
