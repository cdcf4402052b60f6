import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { pinDialog } from "./pin.js";
import { secretFields } from "./secretfields.js";

/**
 * 改口令: the present secret, and the new one twice. The hall decides which ones are accepted. A clerk finds the badge PIN here.
 *
 * @param {{refused: (problem: any) => void, session?: API.Session}} console `refused` is called when the session has ended
 */
export function secretDialog(console) {
  const { present, fresh, again, said, complain, areAlike, line } = secretFields();
  const go = h("button.button.main", { type: "submit", form: "secret-form" }, t("secret.change"));
  const { session } = console;
  const pin = session && session.role === "clerk"
    ? h(
      "button.button.quiet",
      {
        type: "button",
        onclick: () => {
          close();
          pinDialog({ refused: console.refused, session });
        },
      },
      t(session.pin ? "pin.change" : "pin.set"),
    )
    : null;
  const press = new Press({ onChange: () => (go.disabled = press.busy) });

  async function change(event) {
    event.preventDefault();
    if (press.busy || !areAlike()) return;
    try {
      await press.post("/v1/sessions/current/secret", { secret: present.value, new_secret: fresh.value });
    } catch (problem) {
      if (problem.status === 401) {
        close();
        console.refused(problem);
        return;
      }
      complain(problem.title, problem.detail);
      return;
    }
    close();
    done();
  }

  const close = openDialog({
    title: t("secret.title"),
    onEscape: () => close(),
    focusFirst: present,
    body: h(
      "form.secret",
      { id: "secret-form", onsubmit: change },
      line(present, t("secret.present")),
      line(fresh, t("secret.new")),
      line(again, t("secret.again")),
      h("p.hint", null, t("secret.hint")),
      said,
    ),
    buttons: [go, pin, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}

function done() {
  const close = openDialog({
    title: t("secret.done"),
    onEscape: () => close(),
    body: h("p", null, t("secret.done.others")),
    buttons: [h("button.button.main", { type: "button", onclick: () => close() }, t("dialog.close"))],
  });
}
