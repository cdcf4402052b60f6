import { get } from "../shared/api.js";
import { openDialog } from "../shared/dialog.js";
import { fill, h } from "../shared/dom.js";
import { failure } from "../shared/failure.js";
import { Press } from "../shared/press.js";
import { t } from "../shared/words.js";

/**
 * 账号: everybody who may sign in. Ends a delay after wrong secrets, and gives a first secret to who forgot theirs.
 *
 * @param {(problem: any) => void} refused called when this session has ended
 * @returns the element, and a function that reloads the list
 */
export function accountsPart(refused) {
  const list = h("div.sessions", { role: "group", "aria-label": t("accounts.title") });
  const said = h("p.said", { role: "alert" });
  const press = new Press();

  function failed(problem) {
    if (problem.status === 401) return refused(problem);
    fill(said, failure(problem));
  }

  async function look() {
    try {
      const { accounts } = await get("/v1/accounts");
      fill(list, table(accounts, { release, give }));
    } catch (problem) {
      failed(problem);
    }
  }

  /** @param {API.Account} account */
  async function release(account) {
    if (press.busy) return;
    fill(said);
    try {
      await press.post(`/v1/accounts/${account.badge}/release`);
    } catch (problem) {
      failed(problem);
    }
    await look();
  }

  /** @param {API.Account} account */
  function give(account) {
    const who = `${account.badge} ${account.name}`;
    fill(said);
    const close = openDialog({
      title: t("accounts.give.sure", { who }),
      body: h("p", null, t("accounts.give.means")),
      onEscape: () => close(),
      buttons: [
        h("button.button.main", { type: "button", onclick: () => given(account, who, close) }, t("accounts.give")),
        h("button.button.quiet", { type: "button", onclick: () => close() }, t("dialog.cancel")),
      ],
    });
  }

  async function given(account, who, close) {
    if (press.busy) return;
    try {
      const answer = await press.post(`/v1/accounts/${account.badge}/secret`);
      close();
      if (answer) tell(who, answer.secret);
    } catch (problem) {
      close();
      failed(problem);
    }
    await look();
  }

  return { element: h("div", null, list, said), look };
}

/** Shows the secret once: it is stored nowhere in this form. */
function tell(who, secret) {
  const close = openDialog({
    title: t("accounts.given", { who }),
    body: h("div", null, h("p.secretword", { translate: "no" }, secret), h("p", null, t("accounts.given.hint"))),
    buttons: [h("button.button.main", { type: "button", onclick: () => close() }, t("accounts.given.done"))],
  });
}

/**
 * @param {API.Account[]} accounts
 * @param {{release: (account: API.Account) => void, give: (account: API.Account) => void}} acts
 */
function table(accounts, acts) {
  return h(
    "table",
    null,
    h(
      "thead",
      null,
      h("tr", null, ["who", "role"].map((name) => h("th", { scope: "col" }, t(`sessions.${name}`))), h("td", null), h("td", null)),
    ),
    h("tbody", null, accounts.map((account) => row(account, acts))),
  );
}

function row(account, { release, give }) {
  const who = `${account.badge} ${account.name}`;
  const state = account.delay_seconds !== null
    ? t("accounts.delay", { seconds: account.delay_seconds })
    : account.first_secret ? t("accounts.first") : "";
  const button = (words, spoken, act) =>
    h("button.button.small", { type: "button", "aria-label": t(spoken, { who }), onclick: () => act(account) }, t(words));
  return h(
    "tr",
    null,
    h("th", { scope: "row" }, who),
    h("td", null, t(`sessions.role.${account.role}`)),
    h("td", null, state),
    h(
      "td",
      null,
      account.delay_seconds !== null ? button("accounts.release", "accounts.release.spoken", release) : null,
      account.may_set_secret ? button("accounts.give", "accounts.give.spoken", give) : null,
    ),
  );
}
