import { h } from "./dom.js";
import { t } from "./words.js";

/** The training (演练) is over: the page says so, and nothing else, so that nobody goes on with what nobody answers. */
export function trainingEnded() {
  document.body.replaceChildren(
    h("main.training-over", { role: "alert" }, h("h1", null, t("training.over")), h("p", null, t("training.over.text"))),
  );
}

/** What the band of a training says, for a voice; empty in the hall itself. */
export function trainingWords() {
  return document.getElementById("training") ? [t("training.spoken")] : [];
}
