import { h } from "./dom.js";
import { t } from "./words.js";

/** The training (演练) has ended: the page shows only this message, because no server answers any more. */
export function trainingEnded() {
  document.body.replaceChildren(
    h("main.training-over", { role: "alert" }, h("h1", null, t("training.over")), h("p", null, t("training.over.text"))),
  );
}

/** The text of a training's band, to be spoken; empty outside of a training. */
export function trainingWords() {
  return document.getElementById("training") ? [t("training.spoken")] : [];
}
