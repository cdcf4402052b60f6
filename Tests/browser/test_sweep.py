"""The sweep: every key of every screen can be pressed.

Goes over hall kind × fault × mode × size and every screen of the touch page. A visible key lies whole on the screen, is covered by nothing,
is as large as PAGES asks and apart from its neighbours, and holds its words; what does not stand on the first page of a list stands on another.
One daemon for each kind of hall; `sweep.js` opens and measures the screens within the page.
"""

import shutil
from pathlib import Path

import pytest
import yaml

from people import PANELS, PORTRAIT, Resident
from testkit.hall import Hall
from testkit.paths import ROOT

SWEEP = (Path(__file__).parent / "sweep.js").read_text()
ORDINARY = {"size": "large", "language": "zh-Hans", "contrast": "ordinary", "low": False}
MODES = {
    "标准": {"size": "standard"},
    "大字": {},
    "特大": {"size": "extra"},
    "轮椅": {"low": True},
    "高对比": {"contrast": "high"},
    "English": {"language": "en"},
    "特大 轮椅": {"size": "extra", "low": True},
    "特大 高对比 English": {"size": "extra", "contrast": "high", "language": "en"},
    "特大 轮椅 English": {"size": "extra", "low": True, "language": "en"},
}
MODES = {name: {**ORDINARY, **changes} for name, changes in MODES.items()}
# Beside a fault only the widest and the largest modes are walked: a fault takes room, and these have none to spare.
TIGHT = {name: MODES[name] for name in ("大字", "特大", "English", "特大 轮椅 English")}


def share_of(folder):
    """The pages and the demo's files; each demo hall has one kiosk more, without a printer."""
    for name in ("Kiosk", "packaging/reference"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("Devices", "docs"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("demo.yaml", "demo-village.yaml"):
        file = folder / "packaging" / "reference" / name
        settings = yaml.safe_load(file.read_text())
        settings["kiosks"].append({"id": "bare", "printer": "none"})
        file.write_text(yaml.safe_dump(settings, allow_unicode=True))
    return folder


@pytest.fixture(scope="module")
def share(tmp_path_factory):
    return share_of(tmp_path_factory.mktemp("share"))


@pytest.fixture(scope="module", params=["town", "village"])
def swept(request, share):
    hall = Hall(share=share, kind=request.param)
    hall.data = data_of(hall)
    yield hall
    hall.close()


def checklist(hall, code, answers):
    return hall.get(f"/v1/items/{code}/checklist?answers={','.join(answers)}")


def data_of(hall):
    """What the screens show: the longest list, the widest questions, a number, a notice."""
    items, lists, questions, elsewhere = {}, [], [], None
    for summary in hall.get("/v1/items")["items"]:
        item = hall.get(f"/v1/items/{summary['code']}")
        answers = []
        first = checklist(hall, item["code"], answers)
        while (found := checklist(hall, item["code"], answers))["question"]:
            questions.append((found["question"], item["code"], {"answers": list(answers), "item": item, "list": found}))
            answers.append(found["question"]["answers"][0]["key"])
        items[item["code"]] = {"question": {"answers": [], "item": item, "list": first},
                               "list": {"answers": answers, "item": item, "list": found}}
        lists.append((sum(len(one["choices"]) for one in found["bring"]), item["code"]))
        if item["elsewhere"]:
            elsewhere = item["code"]
    one = [entry for entry in questions if entry[0]["choose"] == "one"]
    many = [entry for entry in questions if entry[0]["choose"] == "any"]
    asking = max(one, key=lambda entry: sum(len(answer["label"]) for answer in entry[0]["answers"]))
    several = max(many, key=lambda entry: len(entry[0]["answers"]))
    for _, code, values in (asking, several):
        items[code] = {**items[code], "question": values}
    longest = max(lists)[1]
    issued = hall.ask("POST", "/v1/notices", {"item": longest, "situations": items[longest]["list"]["answers"]})
    old = hall.get(f"/v1/notices/{issued['id']}")
    ticket = None if hall.kind == "village" else hall.ask("POST", "/v1/tickets", {"items": [], "lane": "A"})
    first = hall.get("/v1/bundles")["bundles"][0]["code"]
    offer = reservation = None
    if hall.kind != "village":
        offer = hall.get(f"/v1/reservations/slots?item={longest}")
        day = offer["days"][-1]
        reservation = hall.ask("POST", "/v1/reservations", {
            "items": [longest], "date": day["date"], "from": day["slots"][0]["from"], "kiosk": "kiosk-1"})
    return {
        "bundle": hall.get(f"/v1/bundles/{first}"),
        "offer": offer, "reservation": reservation,
        "items": items, "longest": longest, "elsewhere": elsewhere or longest, "asking": asking[1], "many": several[1], "notice": issued,
        "ticket": ticket or {"id": "x", "number": "A001", "state": "waiting", "ahead": 1, "windows": [1], "slip": None, "stops": []},
        "old": {**old, "changes": ["“居民户口簿”改为可不带。", "新增材料：近期一寸白底免冠照片2张，背面写姓名。"]},
    }


def sweep(page, hall, modes, screens=None):
    """What is wrong, for the three panels."""
    found, measured = [], 0
    for panel, size in PANELS.items():
        page.set_viewport_size(size)
        told = page.evaluate(SWEEP, {"modes": modes, "screens": screens, "data": hall.data})
        found += [f"{panel} {one}" for one in told["found"]]
        measured += told["measured"]
        assert told["keys"] > 0
    assert measured > 0
    return found


def report(found):
    """Each finding once, with where it was met first and how often: one fault shows in many modes."""
    met = {}
    for one in found:
        where, what = one.split(": ", 1)
        met.setdefault((where.split()[1], what), []).append(where)
    lines = [f"{screen}: {what}  [{len(where)}× {', '.join(where[:3])}]" for (screen, what), where in met.items()]
    return "\n".join(lines[:80]) + (f"\n… {len(lines)} kinds in all" if len(lines) > 80 else "")


def faulty(page, *codes):
    page.wait_for_function(
        """async codes => { const { app } = await import('/touch/main.js');
           return JSON.stringify(app.hall.faults.filter(one => one.kiosk === app.kiosk).map(one => one.code)) === JSON.stringify(codes); }""",
        arg=list(codes))


def test_every_key_can_be_pressed_in_every_mode(swept, people):
    page = people.page(PORTRAIT)
    Resident(page, swept)
    found = sweep(page, swept, MODES)
    assert not found, report(found)


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "offline"])
def test_every_key_can_be_pressed_beside_a_fault(swept, people, fault):
    page = people.page(PORTRAIT)
    Resident(page, swept)
    swept.break_printer("kiosk-1", fault)
    try:
        faulty(page, fault)
        found = sweep(page, swept, TIGHT)
    finally:
        swept.break_printer("kiosk-1", fault, on=False)
    assert not found, report(found)


def test_every_key_can_be_pressed_without_a_printer(swept, people):
    page = people.page(PORTRAIT)
    Resident(page, swept, kiosk="bare")
    found = sweep(page, swept, TIGHT)
    assert not found, report(found)


# A station has no queue that could be closed.
@pytest.mark.parametrize("swept", ["town"], indirect=True)
@pytest.mark.parametrize("state", ["closed", "cut_off"])
def test_every_key_can_be_pressed_while_no_numbers_are_given(swept, people, state):
    page = people.page(PORTRAIT)
    Resident(page, swept)
    cookie = swept.sign_in("AJ100")
    swept.ask("POST", "/v1/day/close", {"force": True}, port=swept.hall, cookie=cookie)
    try:
        page.wait_for_function("async () => { const { app } = await import('/touch/main.js'); return !app.isOpen; }")
        if state == "cut_off":
            # The demo hall is always open: what the feed of another one says of its day is put in here, with a date in its longest words.
            page.evaluate(
                """async () => { const { app } = await import('/touch/main.js');
                   app.store.apply('dayClosed', { day: { ...app.hall.day, state: 'cut_off', next_opening: '2031-09-24T09:00:00+08:00' } }); }""")
        found = sweep(page, swept, TIGHT)
    finally:
        swept.ask("POST", "/v1/day/open", {"confirm": True}, port=swept.hall, cookie=cookie)
    assert not found, report(found)


def test_every_key_can_be_pressed_while_a_card_is_left(swept, people):
    page = people.page(PORTRAIT)
    Resident(page, swept)
    swept.hand("kiosk-1", "lay", card="resident")
    try:
        page.wait_for_function("async () => { const { app } = await import('/touch/main.js'); return app.name === 'idcard'; }")
        found = sweep(page, swept, TIGHT)
    finally:
        swept.hand("kiosk-1", "lift")
    assert not found, report(found)


def test_every_key_answers_a_finger(swept, people):
    """Real touches, as a panel sends them: each key that is shown gets its own click, and nothing else does."""
    page = people.page(PORTRAIT, has_touch=True)
    Resident(page, swept)
    # The line about cards comes with the first answer about the reader, and moves the keys once.
    page.wait_for_function("async () => (await import('/touch/main.js')).app.cards.hasLooked")
    page.evaluate(
        """() => { window.clicked = [];
           window.addEventListener('click', (event) => { clicked.push(event.target.closest('button')); event.stopImmediatePropagation(); event.preventDefault(); }, true); }""")
    screens = ["home", "department", "search", "consult"]
    for panel, size in PANELS.items():
        page.set_viewport_size(size)
        for screen in screens:
            points = page.evaluate(
                """async screen => { const { app } = await import('/touch/main.js');
                   app.show('home');
                   if (screen !== 'home') app.show(screen, { name: app.catalogue[0].department });
                   // A screen is laid out again when its letters and the hall's answers are there: its keys lie still for ten frames.
                   await document.fonts.ready;
                   const lie = () => JSON.stringify([...document.querySelectorAll('button')].map(one => one.getBoundingClientRect()));
                   for (let still = 0, before = ''; still < 10; before = lie()) {
                     await new Promise(requestAnimationFrame);
                     still = lie() === before ? still + 1 : 0;
                   }
                   window.shown = [...document.querySelectorAll('button')].filter(one => one.getClientRects().length && !one.disabled).filter(one => {
                     const box = one.getBoundingClientRect(), hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                     return one.contains(hit); });
                   return shown.map(one => { const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }); }""",
                screen)
            assert points
            for point in points:
                page.touchscreen.tap(*point)
            page.wait_for_function("count => clicked.length >= count", arg=len(points))
            missed = page.evaluate("() => { const missed = shown.filter((one, index) => clicked[index] !== one).map(one => one.textContent); clicked = []; return missed; }")
            assert missed == [], (panel, screen)


# In 特大 a key has letters at least so many times those of 大字.
BIGGER = 1.35


@pytest.mark.parametrize("panel", PANELS)
def test_the_largest_type_has_fewer_and_bigger_keys(swept, people, panel):
    page = people.page(PANELS[panel])
    Resident(page, swept)

    def chips(size):
        page.get_by_role("button", name=size, exact=True).click()
        return page.evaluate(
            """() => { const all = [...document.querySelectorAll('.choose .chip')].filter(one => {
                 const box = one.getBoundingClientRect(), hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                 return hit !== null && one.contains(hit); });
               return { count: all.length, letters: Math.min(...all.map(one => parseFloat(getComputedStyle(one).fontSize))),
                 area: Math.min(...all.map(one => one.offsetWidth * one.offsetHeight)) }; }""")

    large, extra = chips("大字"), chips("特大")
    assert extra["letters"] >= BIGGER * large["letters"], (large, extra)
    assert extra["area"] >= BIGGER * large["area"], (large, extra)
    if swept.kind == "town":
        assert extra["count"] < large["count"], (large, extra)
