/*
 * Runs within the touch page: opens every screen in every mode and returns the buttons that a finger could not press there. The page's
 * own modules open the screens. The document is measured, so that the result does not depend on the page's own checks.
 */
(async ({ modes, screens: wanted, data }) => {
  const { app } = await import("/touch/main.js");
  const { Inquiry } = await import("/shared/inquiry.js");
  const least = 95.5;
  const apart = 11;
  const smallest = 20;
  const found = [];
  let measured = 0;
  let keys = 0;

  const press = (selector) => document.querySelector(selector).click();
  const item = (code) => data.items[code];

  const ticket = (changes = {}) => ({ ...data.ticket, ...changes });
  const paper = { queued: "coming", printing: "coming", printed: "out", unknown: "asked", not_sent: "failed" };
  const paperOf = (state) => ({ id: "x", attempt: 1, acknowledged: false, asked_until: null, missing_from: null, state, paper: paper[state] });
  const slip = (state) => ({ slip: { ...data.ticket.slip, ...paperOf(state) } });
  const caseOf = (state) => ({
    is: "case", id: "D2PF2DBSQQG1", state, due: state === "in_progress" ? "2026-12-14" : null, provisional: true, lane: "A", windows: [1, 2, 3], missing: 12, slip: null,
    explained: state === "in_progress" ? "区里的现场踏勘因连续降雨推迟，等天晴后安排；".repeat(8) : null,
  });
  const notice = (state) => ({ ...data.notice, slip: state === "none" ? null : paperOf(state) });
  const refusal = (more) => ({ code: "x", status: 409, title: "今天的号已经取完", detail: "请明天早上九点再来，或者请工作人员帮忙。", ...more });
  const inquired = (code, { answers, list, item: whole }) => ({ code, item: whole, inquiry: Object.assign(new Inquiry(code, answers), { list }) });
  const open = (code, values) => app.show("item", inquired(code, item(code)[values]));
  const laid = (more) => {
    app.cards.card = more && { card: "token", name: "测*甲", priority_offered: true, expired: true, tickets: [], reservations: [], ...more };
  };

  /** Every screen, by name; each is opened from the first screen. */
  const screens = {
    home: () => app.show("home"),
    department: () => app.show("department", { name: longest(byDepartment()) }),
    browse: () => app.show("browse"),
    bundles: () => app.show("bundles"),
    bundle: () => app.show("bundle", { code: data.bundle.code, name: data.bundle.name, bundle: data.bundle }),
    search: () => {
      app.show("search");
      type("#query", "s");
    },
    searchEmpty: () => app.show("search"),
    item: () => open(data.longest, "list"),
    itemMarked: () => {
      open(data.longest, "list");
      press(".mark-missing");
      press(".mark-have");
    },
    itemElsewhere: () => open(data.elsewhere, "list"),
    question: () => open(data.asking, "question"),
    questionTaking: () => app.show("item", { ...inquired(data.asking, item(data.asking).question), taking: true }),
    questionMany: () => open(data.many, "question"),
    consult: () => app.show("consult"),
    lost: () => app.show("lost"),
    lostRung: () => {
      app.help = { state: "ringing", id: "x" };
      app.show("lost");
    },
    problem: () => app.show("problem", { refusal: refusal(), again: null }),
    problemSilent: () => app.show("problem", { refusal: refusal({ code: "unreachable" }), again: () => {} }),
    problemElsewhere: () => app.show("problem", { refusal: refusal({ code: "done_elsewhere", insist: "insist" }), wish: { items: [] } }),
    problemHolder: () => app.show("problem", { refusal: refusal({ code: "holder_has_ticket", ticket: "x" }) }),
    noticeCode: () => {
      app.show("noticeCode");
      type("#notice-code", "0000-0000-0000");
    },
    reopened: () => app.show("reopened", { notice: data.old, there: true }),
    reopenedGone: () => app.show("reopened", { notice: { ...data.old, lines: null }, there: false }),
    reserve: () => app.show("reserve", { items: [data.longest], name: item(data.longest).list.item.name, offer: data.offer }),
    reserveFull: () => app.show("reserve", { items: [], lane: "A", name: "综合", offer: data.offer && { ...data.offer, days: [] } }),
    reserved: () => data.reservation && app.show("reserved", { reservation: data.reservation }),
    reservedFailed: () => data.reservation && app.show("reserved", { reservation: { ...data.reservation, ...slip("not_sent") } }),
    reservedEarly: () => data.reservation && app.show("reserved", {
      reservation: data.reservation, problem: { title: "还没到预约的时间", detail: "预约的是 2026-12-01 10:00，提前 15 分钟内再扫；现在办，请按普通号取号。" },
    }),
    caseInProgress: () => app.show("caseState", { one: caseOf("in_progress") }),
    caseCorrecting: () => app.show("caseState", { one: caseOf("correcting") }),
    caseReady: () => app.show("caseState", { one: caseOf("ready") }),
    trip: () => app.show("trip", { trip: {
      is: "trip", id: "D2PF2DBSQQG1", number: "PC-500151105-20261130-0001", count: 12,
      lanes: [{ lane: "A", name: "综合", count: 9, windows: [1, 2, 3], ticket: null }, { lane: "B", name: "社会保障和医疗保障", count: 3, windows: [4], ticket: "D2PF2DBSQQG1" }],
    } }),
    tripDone: () => app.show("trip", { trip: { is: "trip", id: "D2PF2DBSQQG1", number: "PC-500151105-20261130-0001", count: 12, lanes: [] } }),
    caseEnded: () => app.show("caseState", { one: caseOf("ended") }),
    noticeComing: () => app.show("notice", { notice: notice("printing"), item: data.longest }),
    noticeOut: () => app.show("notice", { notice: notice("printed"), item: data.longest }),
    noticeFailed: () => app.show("notice", { notice: notice("not_sent"), item: data.longest }),
    noticeAsked: () => app.show("notice", { notice: notice("unknown"), item: data.longest }),
    noticeAway: () => app.show("notice", { notice: notice("queued"), item: data.longest }),
    unprinted: () => app.show("unprinted", { ...inquired(data.longest, item(data.longest).list), again: () => {} }),
    unprintedMissing: () => {
      const values = inquired(data.longest, item(data.longest).list);
      values.inquiry.mark(0, "missing");
      app.show("unprinted", { ...values, again: () => {} });
    },
    noticeNone: () => app.show("notice", { notice: notice("none"), item: data.longest }),
    idle: () => {
      app.show("home");
      app.idle.say(9);
    },
    publicity: () => {
      app.show("home");
      app.publicity.open();
    },
    help: () => {
      app.show("home");
      app.help = { state: "ringing", id: "x" };
      app.refresh();
    },
  };
  const inTown = {
    take: () => app.show("take"),
    lane: () => app.show("lane", { letter: "H" }),
    stopped: () => app.show("stopped", { letter: "A" }),
    stoppedListed: () => app.show("stopped", { letter: "H", isListed: true }),
    agent: () => {
      app.cards.agent = { card: "token", name: "演示代办员", carries: 3 };
      app.show("agent");
    },
    idcard: () => app.show("idcard", {}),
    idcardKnown: () => {
      laid({});
      app.show("idcard", {});
    },
    idcardHolder: () => {
      laid({ tickets: ["x"] });
      app.show("idcard", {});
    },
    idcardReserved: () => {
      laid({ reservations: ["x"] });
      app.show("idcard", {});
    },
    idcardForItem: () => {
      laid({});
      app.show("idcard", { wish: { items: [data.longest] } });
    },
    ticketOut: () => app.show("ticket", { ticket: ticket(slip("printed")) }),
    ticketComing: () => app.show("ticket", { ticket: ticket(slip("printing")) }),
    ticketFailed: () => app.show("ticket", { ticket: ticket(slip("not_sent")) }),
    ticketNoCopy: () => app.show("ticket", { ticket: ticket(slip("not_sent")), hasNoCopy: true }),
    ticketQueued: () => app.show("ticket", { ticket: ticket(slip("queued")) }),
    ticketAsked: () => app.show("ticket", { ticket: ticket(slip("unknown")) }),
    ticketNone: () => app.show("ticket", { ticket: ticket({ slip: null, number: "A1042" }) }),
    ticketLeased: () => app.show("ticket", { ticket: ticket({ slip: null, leased: true, number: "A9042" }) }),
    progressNoCopy: () => app.show("progress", { ticket: ticket({ state: "waiting", ahead: 112, leased: true, number: "A9042" }), hasNoCopy: true }),
    ticketCalled: () => app.show("ticket", { ticket: ticket({ ...slip("printed"), state: "called", window: 12 }) }),
    progressWaiting: () => app.show("progress", { ticket: ticket({ state: "waiting", ahead: 112 }) }),
    progressMissed: () => app.show("progress", { ticket: ticket({ state: "missed", number: "A1042" }) }),
    progressCalled: () => app.show("progress", { ticket: ticket({ state: "called", window: 3 }) }),
  };
  const inVillage = {
    directoryService: () => app.show("directory", { list: "service" }),
    directoryAgency: () => app.show("directory", { list: "agency" }),
  };

  function byDepartment() {
    const counts = {};
    for (const one of app.catalogue) counts[one.department] = (counts[one.department] || 0) + 1;
    return counts;
  }
  const longest = (counts) => Object.keys(counts).sort((a, b) => counts[b] - counts[a])[0];

  function type(selector, text) {
    const field = document.querySelector(selector);
    field.value = text;
    field.dispatchEvent(new Event("input"));
  }

  function visible(one) {
    if (!one.getClientRects().length) return false;
    const box = one.getBoundingClientRect();
    return box.width > 2 && box.height > 2 && getComputedStyle(one).visibility !== "hidden";
  }

  const name = (key) => (key.getAttribute("aria-label") || key.textContent).trim().slice(0, 24);

  /** How many of a key's centre and corners answer a finger. */
  function answering(key, box) {
    const inset = 8;
    const points = [
      [(box.left + box.right) / 2, (box.top + box.bottom) / 2],
      [box.left + inset, box.top + inset],
      [box.right - inset, box.top + inset],
      [box.left + inset, box.bottom - inset],
      [box.right - inset, box.bottom - inset],
    ];
    return points.filter(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (hit === key || key.contains(hit));
    }).length;
  }

  /** Latin words that are cut in two by a line's end, and lines that stick out of `key`. */
  function wordsOf(key, box, say) {
    const walk = document.createTreeWalker(key, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (!node.data.trim()) continue;
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) {
        if (line.left < box.left - 1 || line.right > box.right + 1 || line.top < box.top - 1 || line.bottom > box.bottom + 1) {
          say(`words stick out of “${name(key)}”`);
        }
      }
      for (const word of node.data.matchAll(/[A-Za-z’']{2,}/g)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set(Array.from(range.getClientRects(), (line) => Math.round(line.top))).size > 1) say(`the word “${word[0]}” is cut`);
      }
    }
  }

  /** What is wrong with what stands on the screen now; `seen` gathers the keys of lists that a page has shown. */
  function look(say, seen) {
    measured += 1;
    const veil = document.querySelector(".veil, .publicity");
    const shown = [];
    for (const key of (veil || document).querySelectorAll("button")) {
      if (!visible(key)) continue;
      const box = key.getBoundingClientRect();
      const hits = answering(key, box);
      if (key.closest(".box") && hits === 0) continue;
      keys += 1;
      seen.add(key);
      if (hits < 5) say(`${5 - hits} of 5 points of “${name(key)}” are covered or cut`);
      if (box.left < -0.5 || box.top < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5) {
        say(`“${name(key)}” lies outside: ${[box.left, box.top, box.right, box.bottom].map(Math.round)}`);
      }
      if (box.width < least || box.height < least) say(`“${name(key)}” is only ${Math.round(box.width)} × ${Math.round(box.height)}`);
      if (key.scrollWidth > key.clientWidth + 1 || key.scrollHeight > key.clientHeight + 1) say(`words of “${name(key)}” are clipped`);
      wordsOf(key, box, say);
      shown.push([key, box]);
    }
    if (!shown.length) say("no key at all");
    shown.forEach(([one, a], index) => {
      for (const [other, b] of shown.slice(index + 1)) {
        const x = Math.max(a.left, b.left) - Math.min(a.right, b.right);
        const y = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
        if (Math.max(x, y) < apart) say(`“${name(one)}” and “${name(other)}” are ${Math.round(Math.max(x, y))} px apart`);
      }
    });
    for (const one of (veil || document).querySelectorAll("h1, h2, p, li, small, span, strong, input")) {
      if (!visible(one) || one.closest(".box") || one.closest(".unseen, .greeting[data-unseen]")) continue;
      const own = one.matches("input") || Array.from(one.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
      if (!own) continue;
      const box = one.getBoundingClientRect();
      if (clippedAway(one)) continue;
      if (box.left < -0.5 || box.top < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5) {
        say(`the words “${one.textContent.slice(0, 20)}” lie outside`);
      } else if (!veil && one.closest("#screen") && (box.bottom > app.main.getBoundingClientRect().bottom + 1 || box.top < app.main.getBoundingClientRect().top - 1)) {
        say(`the words “${one.textContent.slice(0, 20)}” lie under header or tools`);
      }
      if (parseFloat(getComputedStyle(one).fontSize) < smallest) say(`“${one.textContent.slice(0, 20)}” is set in ${getComputedStyle(one).fontSize}`);
    }
  }

  /** Words that only a screen reader gets lie in a box of one pixel. */
  function clippedAway(one) {
    for (let up = one; up && up !== document.body; up = up.parentElement) {
      const box = up.getBoundingClientRect();
      if (box.width <= 2 && getComputedStyle(up).overflow === "hidden") return true;
    }
    return false;
  }

  /** Looks at a screen, and at each page of its lists. */
  function lookWhole(where) {
    const say = (what) => found.push(`${where}: ${what}`);
    const seen = new Set();
    look(say, seen);
    const covered = document.querySelector(".veil, .publicity");
    const lists = covered ? [] : Array.from(document.querySelectorAll(".pager")).filter(visible);
    for (const list of lists) {
      const box = list.querySelector(".box");
      const next = list.querySelector(".turns .turn:last-of-type");
      const inside = () => Array.from(box.querySelectorAll("button"));
      for (let page = 0; page < 60 && visible(next) && !next.disabled && !inside().every((key) => seen.has(key)); page += 1) {
        next.click();
        if (next.disabled && document.activeElement === next) next.blur();
        look(say, seen);
      }
      for (const key of inside()) if (visible(key) && !seen.has(key)) say(`“${name(key)}” is on no page`);
    }
  }

  const all = { ...screens, ...(app.hasQueue ? inTown : inVillage) };
  for (const [mode, settings] of Object.entries(modes)) {
    app.settings.set(settings);
    for (const [screen, go] of Object.entries(all)) {
      if (wanted && !wanted.includes(screen)) continue;
      app.trail = [];
      go();
      lookWhole(`${screen} ${mode}`);
      app.help = null;
      app.cards.agent = null;
      laid(null);
      app.cards.allowed = false;
      app.idle.end();
      app.publicity.close();
    }
  }
  app.reset();
  return { found, measured, keys };
})
