import { get } from "../shared/api.js";
import { h } from "../shared/dom.js";
import { dataLanguage, t } from "../shared/words.js";
import { noticeForDialog } from "./noticefor.js";
import { living } from "./present.js";
import { Sides } from "./sides.js";

const lists = ["service", "agency"];

/** The console of an agent (代办员): the village's two directories, with a notice for each item. No numbers are called here. */
export class AgentConsole {
  /** @param {Pages.Console} console */
  constructor(console) {
    this.console = console;
    this.items = null;
    this.version = null;
    this.sides = new Sides(console, ["rings"]);
    this.parts = lists.map((name) => this.list(name));
    this.element = h(
      "main.agentconsole",
      null,
      h("h1.unseen", null, t("agent.role")),
      this.sides.element,
      this.parts,
    );
    this.refresh();
  }

  /** The lists belong to one version of the catalogue; another version is loaded again. */
  async read(version) {
    this.version = version;
    try {
      this.items = (await get("/v1/items")).items;
      this.refresh();
    } catch {
      setTimeout(() => this.read(version), 3000);
    }
  }

  refresh() {
    const version = this.console.store.state.catalogue_version;
    if (version && version !== this.version) this.read(version);
    this.sides.refresh();
    for (const part of this.parts) part.update();
  }

  list(name) {
    const mine = () => (this.items || []).filter((one) => one.directory === name);
    const button = (one) =>
      h(
        "li",
        null,
        h(
          "button.button",
          { type: "button", onclick: () => noticeForDialog(this.console, one), "aria-label": t("agent.print", { name: one.name }) },
          h("span", { lang: dataLanguage() }, one.name),
          h("small", { lang: dataLanguage() }, one.promise || one.department),
        ),
      );
    return living(
      `section.card.directory.${name}`,
      { "aria-label": t(`agent.${name}`) },
      () => JSON.stringify([this.items === null, mine().map((one) => one.code)]),
      () => [
        h("h2", null, t(`agent.${name}`), h("small", null, t("agent.count", { count: mine().length }))),
        h("p.hint", null, t(this.items === null ? "item.loading" : `agent.${name}.line`)),
        h("ul", null, mine().map(button)),
      ],
    );
  }
}
