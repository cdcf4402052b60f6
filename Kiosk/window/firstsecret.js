import { fill, h } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";
import { secretFields } from "./secretfields.js";

/**
 * The first sign-in: somebody else knows the secret, so it has to be changed before anything else.
 *
 * @param {HTMLElement} page
 * @param {object} parts
 * @param {API.Session} parts.session
 * @param {string | null} parts.secret the one that was just typed; null after a reload
 * @param {() => void} parts.done
 * @param {() => void} parts.leave
 */
export function firstSecret(page, { session, secret, done, leave }) {
  const { fresh, again, said, complain, areAlike, line, ...fields } = secretFields();
  const present = secret === null ? fields.present : null;
  const go = h("button.button.main", { type: "submit" }, t("secret.change"));
  const press = new Press({ onChange: () => (go.disabled = press.busy) });

  async function change(event) {
    event.preventDefault();
    if (press.busy || !areAlike()) return;
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
