import { fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";

/** Characters that the hall takes, in units of a form: a character may have several. */
const longest = 512;

/**
 * The first sign-in: somebody else knows the secret, so it becomes another one before anything else.
 *
 * @param {HTMLElement} page
 * @param {object} parts
 * @param {API.Session} parts.session
 * @param {string | null} parts.secret the one that was just typed; null after a reload
 * @param {() => void} parts.done
 * @param {() => void} parts.leave
 */
export function firstSecret(page, { session, secret, done, leave }) {
  const field = (id, autocomplete) =>
    h("input", { id, type: "password", autocomplete, required: true, maxlength: longest });
  const present = secret === null ? field("secret-present", "current-password") : null;
  const fresh = field("secret-new", "new-password");
  const again = field("secret-again", "new-password");
  const said = h("p.said", { role: "alert" });
  const go = h("button.button.main", { type: "submit" }, t("secret.change"));
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
      await press.post("/v1/sessions/current/secret", { secret: present ? present.value : secret, new_secret: fresh.value });
    } catch (problem) {
      if (problem.status === 401) return leave();
      complain(problem.title, problem.detail);
      return;
    }
    done();
  }

  async function signOut() {
    try {
      await press.send("DELETE", "/v1/sessions/current");
    } finally {
      leave();
    }
  }

  fill(
    page,
    h(
      "main.signin",
      null,
      h(
        "form.card",
        { onsubmit: change, "aria-labelledby": "first-title" },
        h("p.hallname", null, icon("person"), `${session.badge} ${session.name}`),
        h("h1", { id: "first-title" }, t("first.title")),
        h("p.hint", null, t("first.why")),
        present ? line(present, t("secret.present")) : null,
        line(fresh, t("secret.new")),
        line(again, t("secret.again")),
        h("p.hint", null, t("secret.hint")),
        said,
        go,
        h("button.button.quiet", { type: "button", onclick: signOut }, t("bar.signOut")),
      ),
    ),
  );
  (present || fresh).focus();
}
