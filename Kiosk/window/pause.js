import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";

/** The codes of the API, in the order of their figures: 1 is the first. */
const codes = ["meal", "rest", "papers", "meeting", "training", "system", "escort"];

/**
 * 暂停 asks for a reason, which is recorded by the hall and not shown to residents. A digit chooses a reason.
 *
 * @param {Pages.Console} console
 */
export function pauseDialog(console) {
  let close = null;
  const pause = async (why) => {
    close();
    await console.act("pause", `/v1/windows/${console.session.window}/pause`, why);
  };
  const other = h("input", { id: "pause-other", maxlength: 60, autocomplete: "off" });
  const submit = (event) => {
    event.preventDefault();
    const reason = other.value.trim();
    if (reason) pause({ code: "other", reason });
  };
  const press = (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target === other) return;
    const figure = /^(?:Digit|Numpad)([1-8])$/.exec(event.code);
    if (!figure) return;
    event.preventDefault();
    const code = codes[Number(figure[1]) - 1];
    if (code) pause({ code });
    else other.focus();
  };
  close = openDialog({
    title: t("pause.title"),
    className: "pause",
    onEscape: () => close(),
    body: h(
      "div",
      { onkeydown: press },
      h(
        "div.choices.large",
        null,
        codes.map(
          (code, index) => h(
            "button.button",
            { type: "button", onclick: () => pause({ code }) },
            h("kbd", { "aria-hidden": "true" }, String(index + 1)),
            t(`pause.${code}`),
          ),
        ),
      ),
      h(
        "form.inline",
        { onsubmit: submit },
        h("label", { for: "pause-other" }, h("kbd", { "aria-hidden": "true" }, "8"), t("pause.other")),
        other,
        h("button.button.main", { type: "submit" }, t("bar.pause")),
      ),
    ),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}
