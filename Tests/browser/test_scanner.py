"""A keyboard-mode scanner types into a page, and none of its keys acts as a press; with real key events at a scanner's speed."""

import asyncio
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from people import LANDSCAPE, PORTRAIT, SMALL, Clerk, Resident
from testkit.demo_hall import SECRET

# Nobody's: an EAN, one with blanks in front and within, digits that are verbs, a link, a name with a number of region 000000.
FOREIGN = [
    "6901234567892\n", " 1 2 3 4 5 6 7 0\n", "1234567\n", "0\n\n0\n", "https://example.test/pay?id=1 2 3",
    "CESHI JIA 000000190001010017\n", "\t 5\t5\n",
]


NAMED = {"\n": ("Enter", "Enter", "\r", 13), "\t": ("Tab", "Tab", "", 9), " ": (" ", "Space", " ", 32)}


def hold(page):
    """Keeps the page from hearing anything until the answer is fulfilled: it waits for a request, and its keys wait in the browser."""
    held = []
    page.route("**/held", lambda route: held.append(route))
    page.evaluate("""() => void setTimeout(() => {
        const request = new XMLHttpRequest();
        request.open("GET", "/held", false);
        request.send();
    })""")
    while not held:
        page._sync(asyncio.sleep(0.005))
    return held[0]


def scan(page, text, pace=8, taken=False):
    """Holds a code under a scanner that types: a key every `pace` milliseconds, as the events themselves say.

    They are sent without waiting for one another, and the page hears the first one when the last has been sent: a machine that is busy
    does not turn a scanner into a hand. `taken`: an input method takes the keys that are letters or digits, and tells only where they
    stand on the keyboard.
    """
    session = page.context.new_cdp_session(page)
    held = hold(page)
    start = time.time()
    sent = []
    for index, one in enumerate(text):
        letter = f"Key{one.upper()}" if one.isalpha() else f"Digit{one}" if one.isdigit() else ""
        key, code, typed, number = NAMED.get(one, (one, letter, one, ord(one.upper())))
        if taken and letter:
            key, typed, number = "Process", "", 229
        event = {"key": key, "code": code, "windowsVirtualKeyCode": number, "timestamp": start + index * pace / 1000}
        for kind, more in (("keyDown", {"text": typed} if typed else {}), ("keyUp", {})):
            sent.append(session._loop.create_task(
                session._impl_obj.send("Input.dispatchKeyEvent", {"type": kind, **event, **more}, 30_000)))
    session._sync(asyncio.sleep(0))
    held.fulfill(body="")
    session._sync(asyncio.wait_for(asyncio.gather(*sent), 60))
    session.detach()


def said(page):
    return page.locator(".scanned p")


def states(hall):
    return [one["state"] for one in hall.tickets()]


@pytest.fixture
def clerk(hall, people):
    for _ in range(3):
        hall.join()
    clerk = Clerk(people.page(LANDSCAPE), hall)
    expect(clerk.verb("main")).to_be_enabled()
    return clerk


def close(page):
    page.locator(".scanned").get_by_role("button", name="关闭").click()
    expect(page.locator(".scanned")).to_be_hidden()


@pytest.mark.parametrize("code", FOREIGN)
def test_a_foreign_code_presses_nothing_and_is_not_shown(hall, clerk, code):
    page = clerk.page
    page.evaluate("document.activeElement.blur()")
    scan(page, code)
    expect(said(page)).to_contain_text("不是本厅的")
    assert set(states(hall)) == {"waiting"}
    for word in code.split():
        if len(word) > 3:
            assert word not in page.locator("body").inner_text()
    # A hand's key is one, a moment later.
    page.keyboard.press("Space")
    expect(clerk.number).to_have_text("A001")


@pytest.mark.parametrize("pace", [1, 30, 48, 90])
def test_the_code_of_our_own_notice_and_ticket_is_one_symbol_at_any_pace(hall, clerk, pace):
    page = clerk.page
    ticket = hall.tickets()[0]
    scan(page, f"{ticket['number']}\n{ticket['id']}\n", pace)
    expect(said(page)).to_contain_text("A001")
    expect(page.locator('[data-scan="calls"]')).to_be_visible()
    assert set(states(hall)) == {"waiting"}


def test_a_code_scanned_while_somebody_is_served_misses_and_finishes_nobody(hall, clerk):
    clerk.call()
    clerk.press("serve")
    expect(clerk.verb("suspend")).to_be_enabled()
    for code in FOREIGN[:4]:
        scan(clerk.page, code)
        expect(said(clerk.page)).to_contain_text("不是本厅的")
        close(clerk.page)
    assert states(hall).count("serving") == 1
    clerk.page.keyboard.press("Numpad6")
    expect(clerk.page.locator(".list.suspended")).to_contain_text("A001")


def test_a_scanned_ticket_offers_what_can_be_done_with_it(hall, clerk, picture):
    page = clerk.page
    ticket = hall.tickets()[0]
    # In small letters, with the symbol in front, with the number before it.

    def hold(text):
        scan(page, text)
        expect(page.locator(".scanned .number")).to_have_text("A001")

    hold(ticket["id"].lower() + "\n")
    picture(page, "scanner-ticket")
    page.locator('[data-scan="calls"]').click()
    expect(clerk.number).to_have_text("A001")
    hold(f"A001\n{ticket['id']}\n")
    page.locator('[data-scan="recall"]').click()
    expect(page.locator(".present .marks, .present .stateline")).to_contain_text("2")
    clerk.press("miss")
    hold(f"]Q1{ticket['id']}\n")
    page.locator('[data-scan="check-in"]').click()
    expect(page.locator(".list.missed .number")).to_have_count(0)
    clerk.press("main")
    clerk.press("serve")
    clerk.press("suspend")
    expect(page.locator(".list.suspended")).to_contain_text("00")
    held = next(one for one in hall.tickets() if one["state"] == "suspended")
    scan(page, f"{held['number']}\n{held['id']}\n")
    page.locator('[data-scan="resume"]').click()
    expect(clerk.number).to_have_text(held["number"])


def test_the_same_code_within_two_seconds_is_one(hall, clerk):
    asked = []
    clerk.page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/v1/codes") else None)
    for attempt in range(1, 21):
        before, began = len(asked), time.monotonic()
        for _ in range(2):
            scan(clerk.page, f"69012345{attempt:05}\n")
            clerk.page.wait_for_timeout(150)
        expect(said(clerk.page)).to_contain_text("不是本厅的")
        # On a busy machine they may have been further apart; then that says nothing.
        if len(asked) == before + 1 or time.monotonic() - began < 2:
            break
    assert len(asked) == before + 1


@pytest.mark.parametrize("code", ["6901234567892\n", "   \n \n", "AB CD\n"])
def test_a_dialogs_focused_button_is_not_pressed(hall, clerk, code):
    page = clerk.page
    page.get_by_role("button", name="暂停", exact=True).click()
    expect(page.locator(".dialog")).to_be_visible()
    page.locator(".dialog .choices button").first.focus()
    scan(page, code)
    if code.strip():
        expect(said(page)).to_contain_text("不是本厅的")
    else:
        page.wait_for_timeout(400)
    expect(page.locator(".dialog")).to_be_visible()
    expect(page.locator(".present")).not_to_contain_text("窗口已暂停")
    # In the dialog's own field nothing of the code stays, and its Enter submits nothing.
    page.locator("#pause-other").focus()
    scan(page, code)
    page.wait_for_timeout(200)
    if code.strip():
        expect(page.locator("#pause-other")).to_have_value("")
    expect(page.locator(".dialog")).to_be_visible()
    page.locator(".dialog .choices button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".present")).to_contain_text("窗口已暂停")


def test_a_foreign_code_in_a_search_field_is_not_searched_for(hall, clerk):
    page = clerk.page
    asked = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))

    def searched():
        return [one for one in asked if "ceshi" in one and not one.split("{")[0].endswith("/v1/codes")]

    page.get_by_role("button", name="代取号").click()
    field = page.locator("#take-query")
    expect(field).to_be_focused()
    for pace in (8, 90):
        # On a machine that stalls in the middle of a code the keys count as typed by a person: the code is scanned again, as people do.
        for left in (2, 1, 0):
            asked.clear()
            scan(page, f"ceshijia{pace:02}00000019000101\n", pace)
            try:
                expect(said(page)).to_contain_text("不是本厅的", timeout=15_000)
                expect(field).to_have_value("", timeout=5_000)
                assert not searched()
                break
            except AssertionError:
                if not left:
                    raise
                if page.locator(".scanned").is_visible():
                    close(page)
                field.focus()
                field.fill("")
        close(page)
        field.focus()
    expect(page.locator("form.takefor")).to_be_visible()
    assert len(hall.tickets()) == 3
    # What a hand types stays and is searched for, also where two fingers are close together.
    field.press_sequentially("gl", delay=20)
    field.press_sequentially("jt", delay=160)
    expect(field).to_have_value("gljt")
    expect(page.locator(".hits button").first).to_be_visible()


def test_a_badge_signs_in_and_nothing_else_does(hall, people):
    page = people.page(LANDSCAPE)
    page.goto(f"{hall.desk_url}/window/")
    expect(page.locator("#badge")).to_be_focused()
    scan(page, "CESHIJIA000000190001010017\n")
    expect(page.locator(".said")).to_contain_text("这里只扫工作证")
    expect(page.locator("#badge")).to_have_value("")
    page.locator("#window").focus()
    before = page.locator("#window").input_value()
    with page.expect_response("**/v1/codes"):
        scan(page, "2234567890123\n")
    assert page.locator("#window").input_value() == before
    scan(page, "]C0aj001\n")
    expect(page.locator("#badge")).to_have_value("aj001")
    expect(page.locator("#secret")).to_be_focused()
    page.locator("#secret").fill(SECRET)
    page.keyboard.press("Enter")
    expect(page.locator(".console")).to_be_visible()
    expect(page.locator(".who")).to_contain_text("AJ001")


def test_a_clerk_sets_a_pin_and_signs_in_with_badge_and_pin(hall, people, picture):
    clerk = Clerk(people.page(SMALL), hall)
    page = clerk.page
    page.locator(".who").click()
    page.get_by_role("button", name="设数字密码").click()
    page.locator("#secret-present").fill(SECRET)

    def choose(pin):
        page.locator("#secret-new").fill(pin)
        page.locator("#secret-again").fill(pin)
        page.get_by_role("button", name="设数字密码").click()

    choose("1986")
    expect(page.locator("#pin-form .said")).to_contain_text("年份、工号、大厅电话容易被猜到")
    picture(page, "console-pin-weak")
    choose("83904")
    expect(page.get_by_role("dialog")).to_contain_text("数字密码已设好")
    picture(page, "console-pin-set")
    page.get_by_role("button", name="关闭").click()
    page.get_by_role("button", name="退出").click()

    def scanned():
        scan(page, f"{hall.badge('AJ001')}\n")
        expect(page.locator("#badge")).to_have_value("AJ001")
        expect(page.locator("label[for=secret]")).to_have_text("口令或数字密码")
        picture(page, "signin-badge-scanned")
        page.locator("#window").select_option("1")

    # Typed, the badge's number and the PIN open nothing.
    page.locator("#badge").fill("AJ001")
    page.locator("#window").select_option("1")
    page.locator("#secret").fill("83904")
    page.locator("#secret").press("Enter")
    expect(page.locator(".said")).to_contain_text("工号或口令不对")
    scanned()
    page.locator("#secret").fill("83904")
    page.locator("#secret").press("Enter")
    expect(page.locator(".console")).to_be_visible()
    # It can be taken away again.
    page.locator(".who").click()
    page.get_by_role("button", name="改数字密码").click()
    page.locator("#secret-present").fill(SECRET)
    page.get_by_role("button", name="不用数字密码").click()
    expect(page.get_by_role("dialog")).to_contain_text("数字密码已取消")


def test_a_scanner_whose_keys_an_input_method_takes(hall, clerk):
    page = clerk.page
    ticket = hall.tickets()[0]
    scan(page, f"a001\n{ticket['id'].lower()}\n", taken=True)
    expect(page.locator(".scanned .number")).to_have_text("A001")
    assert set(states(hall)) == {"waiting"}
    page.get_by_role("button", name="代取号").click()
    scan(page, "ceshijia000000190001010017\n", taken=True)
    expect(said(page)).to_contain_text("不是本厅的")
    expect(page.locator("#take-query")).to_have_value("")
    assert len(hall.tickets()) == 3


def test_the_strip_hears_codes_too(hall, people, picture):
    ticket = hall.join()
    clerk = Clerk(people.page({"width": 420, "height": 160}), hall, strip=True)
    page = clerk.page
    expect(clerk.verb("main")).to_be_enabled()
    scan(page, " 1 1\n")
    expect(said(page)).to_contain_text("不是本厅的")
    picture(page, "scanner-strip-foreign")
    scan(page, f"A001\n{ticket['id']}\n")
    expect(page.locator(".scanned .number")).to_have_text("A001")
    picture(page, "scanner-strip-ticket")
    assert states(hall) == ["waiting"]
    page.locator('[data-scan="calls"]').click()
    expect(page.locator(".stripe .number")).to_have_text("A001")


def test_a_key_that_is_held_down_or_alone_is_a_hands(hall, clerk):
    page = clerk.page
    session = page.context.new_cdp_session(page)
    key = {"key": " ", "code": "Space", "windowsVirtualKeyCode": 32, "text": " "}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
    for _ in range(5):
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "autoRepeat": True, **key})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    expect(clerk.number).to_have_text("A001")
    assert sorted(states(hall)) == ["called", "waiting", "waiting"]


def test_an_answer_of_the_hall_never_has_a_foreign_text(hall, clerk):
    secret = "CESHIJIA 000000190001010017"
    told = {"is": "unknown", "kind": "text", "length": len(secret)}
    for port, cookie in ((hall.hall, hall.sign_in("AJ002")), (hall.hall, None), (hall.kiosk, None)):
        assert hall.ask("POST", "/v1/codes", {"text": secret}, port=port, cookie=cookie) == told
    hall.diary.flush()
    assert "CESHIJIA" not in Path(hall.diary.name).read_text()


def test_case_full_width_and_the_symbol_in_front_are_forgiven_everywhere(hall):
    clerk = hall.sign_in("AJ002")
    ticket = hall.join()
    wide = lambda text: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
    for code, said in ((ticket["id"], "ticket"), ("RS-004", "item"), ("AJ001", "badge")):
        for text in (code, code.lower(), wide(code), f"]C0{code}", wide(f"]Q1{code.lower()}"), f"\u3000{code}\r\n"):
            for port, cookie in ((hall.hall, clerk), (hall.kiosk, None)):
                assert hall.ask("POST", "/v1/codes", {"text": text}, port=port, cookie=cookie)["is"] == said, text
    # Who is not signed in learns the form of a badge, and nothing of the hall.
    for text, said in (("aj001", "badge"), ("zz999", "badge"), (ticket["id"], "unknown"), ("RS-004", "unknown")):
        assert hall.ask("POST", "/v1/codes", {"text": text}, port=hall.hall)["is"] == said


def test_a_scanner_that_types_into_the_touch_page(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    page = resident.page
    ticket = hall.join()
    scan(page, f"{ticket['number']}\n{ticket['id']}\n")
    expect(page.locator(".progress .number")).to_have_text(ticket["number"])
    page.get_by_role("button", name="返回").click()
    expect(page.locator(".screen.home")).to_be_visible()
    resident.press("查找事项")
    field = page.locator("#query")
    expect(field).to_be_focused()
    scan(page, "CESHIJIA000000190001010017\n")
    expect(page.locator("h1")).to_have_text("这个码不是本厅的")
    expect(page.locator(".head")).to_contain_text("26 个字符")
    picture(page, "scanner-touch-foreign")
    assert "CESHI" not in page.locator("body").inner_text()
    page.get_by_role("button", name="返回").click()
    expect(field).to_have_value("")
    # An agent's badge counts under the hall's own scanner, not as something typed.
    scan(page, "DB001\n")
    expect(page.locator("h1")).to_have_text("这是工作人员的工号")
