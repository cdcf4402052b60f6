import { openDialog } from "../shared/dialog.js";
import { h } from "../shared/dom.js";
import { t } from "../shared/words.js";

const reasons = ["away", "meal", "meeting", "system", "help"];

/**
 * 暂停 asks why; the reason is for the hall's own record and is shown to nobody outside.
 *
 * @param {Pages.Console} console
 */
export function pauseDialog(console) {
  let close = null;
  const pause = async (reason) => {
    close();
    await console.act("pause", `/v1/windows/${console.session.window}/pause`, { reason });
  };
  const other = h("input", { id: "pause-other", maxlength: 60, autocomplete: "off" });
  const submit = (event) => {
    event.preventDefault();
    const reason = other.value.trim();
    if (reason) pause(reason);
  };
  close = openDialog({
    title: t("pause.title"),
    onEscape: () => close(),
    body: h(
      "div",
      null,
      h(
        "div.choices",
        null,
        reasons.map(
          (name) => h(
            "button.button",
            { type: "button", onclick: () => pause(t(`pause.${name}`)) },
            t(`pause.${name}`),
          ),
        ),
      ),
      h(
        "form.inline",
        { onsubmit: submit },
        h("label", { for: "pause-other" }, t("pause.other")),
        other,
        h("button.button.main", { type: "submit" }, t("bar.pause")),
      ),
    ),
    buttons: [h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel"))],
  });
}
