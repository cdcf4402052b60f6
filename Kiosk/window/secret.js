import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";

/** Characters that the hall takes, in units of a form: a character may have several. */
const longest = 512;

/**
 * 改口令: the present secret, and the new one twice. What is accepted is decided by the hall.
 *
 * @param {{refused: (problem: any) => void}} console hears that the session has ended
 */
export function secretDialog(console) {
  const field = (id, autocomplete) =>
    h("input", { id, type: "password", autocomplete, required: true, maxlength: longest });
  const present = field("secret-present", "current-password");
  const fresh = field("secret-new", "new-password");
  const again = field("secret-again", "new-password");
  const said = h("p.said", { role: "alert" });
  const go = h("button.button.main", { type: "submit", form: "secret-form" }, t("secret.change"));
  const press = new Press({ onChange: () => (go.disabled = press.busy) });
  const line = (input, label) => h("p.field", null, h("label", { for: input.id }, label), input);
  const complain = (title, detail = "") =>
    fill(said, icon("warn"), h("span", null, title, detail ? h("small", null, detail) : null));

  async function change(event) {
    event.preventDefault();
    if (press.busy) return;
    fill(said);
    if (fresh.value !== again.value) {
      complain(t("secret.differ"));
      again.value = "";
      again.focus();
      return;
    }
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
    buttons: [go, h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
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
