"""The page of the day of a coordinator: on the screen, on paper, in English, and with faults."""

import datetime
import re
import subprocess

import pytest
from playwright.sync_api import expect

from people import LANDSCAPE, PORTRAIT, SMALL, Board, Clerk, Resident
from test_access import findings, texts_under
from testkit.demo_hall import SECRET
from testkit.hall import Hall
from testkit.paths import ROOT


def press(hall, cookie, window, verb, body=None):
    return hall.ask("POST", f"/v1/windows/{window}/{verb}", body or {}, port=hall.hall, cookie=cookie)


class Coordinator:
    """Somebody who looks after the hall, with the page of the day open."""

    def __init__(self, page, hall, language=""):
        self.page = page
        page.goto(f"{hall.desk_url}/manage/{language}")
        page.locator("#badge").fill("AJ100")
        page.locator("#secret").fill(SECRET)
        page.locator("form button[type=submit]").click()
        expect(page.locator(".today")).to_be_visible()
        expect(page.locator(".chart.drawn, .chart .hint").first).to_be_attached()

    def tile(self, name):
        return self.page.locator(f".tile.{name} .value")

    def row(self, table, words):
        return self.page.locator(f".{table} tbody tr", has_text=words)


def busy(hall, windows=((1, "AJ001"), (2, "AJ002"))):
    """Two windows serve, one has missed somebody, somebody waits."""
    cookies = {number: hall.sign_in(badge) for number, badge in windows}
    for number, cookie in cookies.items():
        press(hall, cookie, number, "open")
    for _ in range(6):
        hall.join()
    press(hall, cookies[1], 1, "calls")
    press(hall, cookies[1], 1, "serve")
    press(hall, cookies[1], 1, "finish-and-call")
    press(hall, cookies[2], 2, "calls")
    press(hall, cookies[2], 2, "miss")
    press(hall, cookies[2], 2, "calls")
    press(hall, cookies[2], 2, "serve")
    return cookies


def test_one_look_tells_who_waits_who_serves_and_what_was_done(hall, people, picture):
    cookies = busy(hall)
    page = people.page(SMALL)
    today = Coordinator(page, hall)
    expect(today.tile("waiting")).to_have_text("2")
    expect(today.tile("done")).to_have_text("1 / 6")
    expect(today.tile("windows")).to_have_text("2 / 4")
    expect(page.locator(".tile.done .line")).to_have_text("过号 1，弃号 0")
    expect(today.row("windows", "演示员乙")).to_contain_text("办理中")
    expect(today.row("windows", "演示员乙")).to_contain_text("A004")
    expect(today.row("lanes", "综合").locator("td").first).to_have_text("2")
    picture(page, "today")
    # What happens is on the page without a reload.
    press(hall, cookies[2], 2, "finish")
    press(hall, cookies[2], 2, "pause", {"reason": "送件"})
    expect(today.tile("done")).to_have_text("2 / 6")
    expect(today.row("windows", "演示员乙")).to_contain_text("送件")
    hall.join()
    expect(today.tile("waiting")).to_have_text("3")
    # The bars are read aloud as a table.
    expect(page.locator(".chart .hours tbody tr").first).to_contain_text("7")


def test_a_fault_a_ring_and_a_lane_without_a_window_stand_out(hall, people, picture):
    page = people.page(SMALL)
    today = Coordinator(page, hall)
    expect(today.tile("machines")).to_have_text("正常")
    hall.break_printer("kiosk-1", "paper_out")
    hall.join()
    expect(today.tile("machines")).to_have_text("1")
    expect(page.locator(".devices .banner.fault")).to_contain_text("大门口取号机")
    expect(page.locator(".tile.windows.wrong")).to_contain_text("有队列没有开窗")
    hall.ask("POST", "/v1/help", {"kiosk": "kiosk-2"})
    ring = page.locator(".alerts .banner", has_text="二楼取号机")
    expect(ring).to_be_visible()
    picture(page, "today-faults")
    ring.get_by_role("button", name="我去").click()
    expect(ring).to_have_count(0)
    hall.break_printer("kiosk-1", "paper_out", on=False)
    expect(today.tile("machines")).to_have_text("正常")


def large(settings):
    """Six lanes and eight windows with the longest names that people give them."""
    settings["lanes"] = [
        {"letter": "A", "name": "综合服务（社保医保民政）", "comprehensive": True},
        {"letter": "B", "name": "民政退役军人残联事项", "groups": ["民政"]},
        {"letter": "C", "name": "医疗保障与卫生健康事项", "groups": ["医保"]},
        {"letter": "E", "name": "出件", "groups": ["出件"]},
        {"letter": "H", "name": "公安户籍和流动人口管理", "groups": ["公安户籍"]},
        {"letter": "Q", "name": "税务与不动产登记受理", "groups": ["税务"]},
    ]
    settings["windows"] = [
        {"number": number, "name": f"综合服务窗口（{word}专窗）", "lanes": ["A", "B", "C", "E", "H", "Q"]}
        for number, word in enumerate("社保 民政 医保 出件 户籍 税务 公积金 残联".split(), 1)]
    pattern = next(one for one in settings["staff"] if one["badge"] == "AJ001")
    known = {one["badge"] for one in settings["staff"]}
    settings["staff"] += [{**pattern, "badge": f"AJ00{n}", "name": "欧阳演示员甲"} for n in range(5, 9) if f"AJ00{n}" not in known]
    settings["kiosks"] = [{"id": "kiosk-1", "name": "一楼大门口自助取号机", "printer": "none"}, {"id": "kiosk-2", "name": "二楼楼梯口自助取号机", "printer": "none"}]


@pytest.fixture(scope="module")
def full():
    hall = Hall(large)
    try:
        for letter in "ABCEHQ":
            for _ in range(4):
                hall.ask("POST", "/v1/tickets", {"items": [], "lane": letter, "kiosk": "kiosk-1"})
        for number in range(1, 9):
            cookie = hall.sign_in(f"AJ00{number}")
            press(hall, cookie, number, "open")
            if number < 7:
                press(hall, cookie, number, "calls")
            if number < 5:
                press(hall, cookie, number, "serve")
            if number == 8:
                press(hall, cookie, number, "pause", {"reason": "陪同群众到派出所补办户口证明材料"})
        yield hall
    finally:
        hall.close()


# What of the page's text lies outside the screen or is cut by its box.
OUTSIDE = """(selectors) => [...document.querySelectorAll(selectors)].filter(one => one.getClientRects().length).flatMap(one => {
  const range = document.createRange();
  range.selectNodeContents(one);
  const text = range.getBoundingClientRect();
  const name = `${one.className || one.tagName} “${one.textContent}”`;
  if (text.bottom > innerHeight + 1 || text.right > innerWidth + 1) return [`${name} leaves the screen`];
  for (let box = one; box && box !== document.body; box = box.parentElement) {
    const frame = box.getBoundingClientRect();
    if (getComputedStyle(box).overflow !== 'visible' && (text.bottom > frame.bottom + 2 || (text.right > frame.right + 2 && !one.title))) return [`${name} is cut by ${box.className}`];
  }
  return [];
})"""


def test_six_lanes_and_eight_windows_with_long_names_need_no_scrolling(full, people, picture):
    page = people.page(SMALL)
    today = Coordinator(page, full)
    expect(today.row("windows", "陪同群众")).to_be_visible()
    picture(page, "today-full")
    assert page.evaluate("document.documentElement.scrollHeight") <= SMALL["height"]
    assert page.evaluate(OUTSIDE, ".tile .value, .tile .line, .lanes td, .lanes th, .windows td, .windows th, .chart h2, .devices h2") == []


def test_it_is_one_page_of_a4(full, people, tmp_path):
    page = people.page(SMALL)
    Coordinator(page, full)
    file = tmp_path / "today.pdf"
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    facts = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages:\s+1$", facts, re.M), facts
    assert re.search(r"^Page size:\s+59[45]\S* x 84[12]\S* pts", facts, re.M), facts
    words = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    for said in ("正在等候", "综合服务窗口（残联专窗）", "时钟", "AJ100"):
        assert said in words, said
    assert "退出" not in words


@pytest.mark.parametrize("language", ["", "?lang=en"])
@pytest.mark.parametrize("contrast", [False, True])
def test_everybody_can_read_it(full, people, picture, language, contrast):
    page = people.page(SMALL)
    Coordinator(page, full, language)
    if contrast:
        page.locator("nav.tools button").filter(has_text=re.compile("对比|Contrast", re.I)).click()
        picture(page, f"today-contrast{language[-2:]}")
    elif language:
        picture(page, "today-en")
    assert findings(page) == []
    assert texts_under(page, 14) == []


def test_a_clerk_and_a_stranger_are_told_where_to_go(hall, people):
    page = people.page(SMALL)
    page.goto(f"{hall.desk_url}/manage/")
    expect(page.locator("#window")).to_have_count(0)
    expect(page.locator("#badge")).to_be_visible()
    clerk = Clerk(people.page(SMALL), hall)
    expect(clerk.page.get_by_role("button", name="今日")).to_have_count(0)
    clerk.page.goto(f"{hall.desk_url}/manage/")
    expect(clerk.page.locator("h1")).to_have_text("“今日”是统筹人员用的页面")


def test_a_coordinator_comes_from_the_console_and_keeps_the_session(hall, people):
    chief = Clerk(people.page(SMALL), hall, badge="AJ100", window=None)
    with chief.page.expect_popup() as opened:
        chief.page.get_by_role("button", name="今日").press("Enter")
    expect(opened.value.locator(".today")).to_be_visible()
    opened.value.get_by_role("button", name="退出").click()
    expect(opened.value.locator("#badge")).to_be_visible()


def test_the_figures_outlive_a_restart(hall, people):
    busy(hall)
    cookie = hall.sign_in("AJ100")
    before = hall.ask("GET", "/v1/today", port=hall.hall, cookie=cookie)
    hall.stop()
    hall.start()
    after = hall.ask("GET", "/v1/today", port=hall.hall, cookie=hall.sign_in("AJ100"))
    for part in ("totals", "wait", "service", "hours", "opened_at", "date", "windows"):
        assert after[part] == before[part], part


def arrange(today):
    today.page.locator("nav.tools button").filter(has_text="安排").click()
    return today.page.get_by_role("dialog")


def test_a_paused_lane_is_said_at_the_kiosk_the_board_and_the_console_and_is_taken_back(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    board = Board(people.page(LANDSCAPE), hall)
    clerk = Clerk(people.page(SMALL), hall)
    today = Coordinator(people.page(SMALL), hall)
    dialog = arrange(today)
    dialog.locator("#arrange-lane").select_option("A")
    dialog.locator("#arrange-reason").fill("系统检修，下午两点恢复")
    picture(today.page, "today-arrange")
    dialog.get_by_role("button", name="暂停取号").click()
    expect(dialog).to_have_count(0)
    row = today.page.locator(".arranged .banner")
    expect(row).to_contain_text("系统检修，下午两点恢复")
    expect(row).to_contain_text("AJ100")
    expect(resident.page.locator(".take")).to_be_disabled()
    expect(resident.page.locator(".take")).to_contain_text("系统检修，下午两点恢复")
    expect(board.page.locator(".lanes")).to_contain_text("暂停取号")
    expect(clerk.page.locator(".lanes tbody tr").first).to_contain_text("暂停取号")
    picture(resident.page, "touch-lane-paused")
    picture(board.page, "board-lane-paused")
    picture(today.page, "today-arranged")
    row.get_by_role("button", name="撤销").click()
    expect(row).to_have_count(0)
    expect(resident.page.locator(".take")).to_be_enabled()
    assert resident.take() == "A001"


def test_frequent_items_and_a_page_of_the_idle_screen_come_to_the_kiosk_by_themselves(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    before = resident.page.locator(".frequent .chip").all_inner_texts()
    today = Coordinator(people.page(SMALL), hall)
    dialog = arrange(today)
    dialog.locator("#arrange-query").fill("高龄津贴")
    dialog.locator(".found button").first.click()
    expect(dialog.locator(".chosen li")).to_have_count(1)
    dialog.get_by_role("button", name="用这些").click()
    expect(resident.page.locator(".frequent .chip")).to_have_count(1)
    expect(resident.page.locator(".frequent .chip")).to_contain_text("高龄津贴")
    dialog = arrange(today)
    dialog.locator("#arrange-heading").fill("城乡居民医保缴费")
    dialog.locator("#arrange-text").fill("12月31日截止\n\n带身份证到3号窗口")
    dialog.get_by_role("button", name="显示这一页").click()
    expect(today.page.locator(".arranged .banner")).to_have_count(2)
    pages = hall.get("/v1/publicity")["pages"]
    assert pages[0] == {"title": "城乡居民医保缴费", "lines": ["12月31日截止", "带身份证到3号窗口"], "url": None}
    for _ in range(2):
        today.page.locator(".arranged .banner button").first.click()
        expect(today.page.locator(".arranged .banner button[disabled]")).to_have_count(0)
    expect(today.page.locator(".arranged .banner")).to_have_count(0)
    expect(resident.page.locator(".frequent .chip")).to_have_count(len(before))
    assert hall.get("/v1/publicity")["pages"][0] != pages[0]


def test_what_the_hall_refuses_is_said_in_the_dialog(hall, people):
    today = Coordinator(people.page(SMALL), hall)
    dialog = arrange(today)
    # Whatever the hour is now, all of tomorrow lies ahead.
    first = datetime.date.fromisoformat(dialog.locator("#arrange-date").get_attribute("min"))
    dialog.locator("#arrange-date").fill(str(first + datetime.timedelta(days=1)))
    dialog.locator("#arrange-from").fill("17:30")
    dialog.locator("#arrange-to").fill("19:00")
    dialog.get_by_role("button", name="加开").click()
    expect(dialog.get_by_role("alert")).to_contain_text("这段时间本来就开放")
    assert findings(today.page) == []
    today.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_all_that_the_page_imports_is_asked_for_at_once():
    """A module that the page's head does not name is found only after its importer was read, a journey later."""
    pages = ROOT / "Kiosk"
    needed, todo = set(), [pages / "manage" / "main.js"]
    while todo:
        file = todo.pop()
        for name in re.findall(r'^(?:import|export)\b[^;]*?"(\.[^"]+)"', file.read_text(), re.M):
            module = (file.parent / name).resolve()
            if module not in needed:
                needed.add(module)
                todo.append(module)
    head = (pages / "manage" / "index.html").read_text()
    named = set(re.findall(r'rel="modulepreload" href="([^"]+)"', head))
    assert named == {f"/{one.relative_to(pages)}" for one in needed}
