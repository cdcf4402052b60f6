import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { icon } from "../shared/icons.js";
import { Press } from "../shared/press.js";
import { currentLanguage, t } from "../shared/words.js";
import { meaningOf } from "./scans.js";

/** The same page in the other language. */
function languageLink() {
  const other = currentLanguage() === "en" ? "zh-Hans" : "en";
  return h("p.language", null, h("a", { href: `${location.pathname}?lang=${other}`, lang: other, hreflang: other }, t("today.language")));
}

/** @param {API.Answer<"GET", "/v1/hall">} hall */
function inputs(hall) {
  const badge = h(
    "input",
    {
      id: "badge",
      name: "badge",
      autocomplete: "username",
      required: true,
      maxlength: 32,
      autocapitalize: "characters",
    },
  );
  const secret = h(
    "input",
    {
      id: "secret",
      name: "secret",
      type: "password",
      autocomplete: "current-password",
      required: true,
      maxlength: 512,
    },
  );
  const windowChoice = h(
    "select",
    { id: "window", name: "window" },
    hall.windows.map(
      (one) => h("option", { value: one.number }, t("signin.windowOption", { number: one.number, name: one.name })),
    ),
    h("option", { value: "" }, t("signin.noWindow")),
  );
  return { badge, secret, windowChoice };
}

/**
 * The sign-in: badge, secret, window. The badge may be scanned; any other code is ignored.
 *
 * @returns the handler of scanned codes
 */
export function signIn(page, { hall, strip, isMoved = false, entered }) {
  const { badge, secret, windowChoice } = inputs(hall);
  const said = h("p.said", { role: "alert" });
  const go = h("button.button.main", { type: "submit" }, t("signin.enter"));
  const press = new Press({ onChange: () => (go.disabled = press.busy) });
  const field = (input, label) => h("p.field", null, h("label", { for: input.id }, label), input);
  const secretLabel = h("label", { for: "secret" }, t("signin.secret"));

  /**
   * The code that filled in the badge, as long as nobody has changed the field.
   *
   * @type {string | null}
   */
  let code = null;
  badge.addEventListener("input", () => {
    code = null;
    secret.required = true;
    secretLabel.textContent = t("signin.secret");
  });
  badge.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || secret.value) return;
    event.preventDefault();
    secret.focus();
  });

  async function enter(event) {
    event.preventDefault();
    if (press.busy) return;
    said.textContent = "";
    /** @type {API.Body<"POST", "/v1/sessions">} */
    const body = { badge: badge.value.trim() };
    // Whether a badge alone opens a window is known to the hall only, so it is tried.
    if (secret.value || !code) body.secret = secret.value;
    if (windowChoice.value) body.window = Number(windowChoice.value);
    if (code) body.code = code;
    try {
      await entered(await press.post("/v1/sessions", body), body.secret);
    } catch (problem) {
      fill(said, failure(problem));
      secret.value = "";
      secret.focus();
    }
  }

  fill(
    page,
    h(
      "main.signin",
      null,
      h(
        "form.card",
        { onsubmit: enter, "aria-labelledby": "signin-title" },
        h("p.hallname", null, icon("hall"), hall.hall.name),
        h("h1", { id: "signin-title" }, t(strip ? "signin.short" : "signin.title")),
        isMoved ? h("p.banner.now.machines", { role: "status" }, icon("warn"), h("span", null, t("machines.moved"))) : null,
        field(badge, t("signin.badge")),
        h("p.field", null, secretLabel, secret),
        // A village's station has no windows.
        hall.windows.length ? field(windowChoice, t("signin.window")) : null,
        said,
        go,
        strip ? null : languageLink(),
      ),
    ),
  );
  /** A scanned badge is put into its field, whatever had the focus. */
  async function scanned(text) {
    let meaning = null;
    try {
      meaning = text === null ? null : await meaningOf(text);
    } catch {
      said.textContent = t("scanned.failed");
      return;
    }
    if (!meaning || meaning.is !== "badge") {
      said.textContent = t("scanned.signin");
      return;
    }
    said.textContent = "";
    badge.value = meaning.badge || "";
    // A barcode that holds only the badge's number is not a badge code.
    code = /^YB-/i.test(text.trim()) ? text.trim() : null;
    secret.value = "";
    secret.required = code === null;
    secretLabel.textContent = t(code ? "signin.secretOrPin" : "signin.secret");
    secret.focus();
  }

  document.title = t("signin.title");
  badge.focus();
  return scanned;
}
