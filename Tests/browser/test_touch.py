"""The kiosk: a number with one touch, no data of the last resident, large type, and a message for every fault."""

import re

import pytest
from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Clerk, Resident
from testkit.waiting import eventually


def test_a_double_tap_takes_one_number(hall, people):
    resident = Resident(people.page(PORTRAIT), hall)
    resident.page.locator(".take").dblclick()
    expect(resident.number).to_have_text("A001")
    # The second tap did not press what appeared under the finger either.
    expect(resident.page.locator(".slip")).to_contain_text("请取小票")
    assert len(hall.tickets()) == 1


def test_fingers_that_drum_on_the_screen_take_one_number(hall, people):
    page = people.page(PORTRAIT, has_touch=True)
    resident = Resident(page, hall)
    box = page.locator(".take").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(6):
        page.touchscreen.tap(*middle)
    expect(resident.number).to_have_text("A001")
    assert len(hall.tickets()) == 1


def test_a_lost_answer_is_asked_for_again_and_is_the_same_number(hall, people):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    asked = []

    def lose_the_first(route):
        asked.append(route.request.headers["idempotency-key"])
        if len(asked) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/v1/tickets", lose_the_first)
    assert resident.take() == "A001"
    assert len(asked) == 2 and asked[0] == asked[1]
    assert len(hall.tickets()) == 1


def test_silence_is_told_and_trying_again_keeps_the_key(hall, people, picture):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    asked = []

    def lose(route):
        asked.append(route.request.headers["idempotency-key"])
        route.fetch()
        route.abort()

    page.route("**/v1/tickets", lose)
    page.locator(".take").click()
    expect(page.get_by_role("heading", name="连接不上")).to_be_visible()
    picture(page, "touch-silence")
    page.unroute("**/v1/tickets")
    page.on("request", lambda sent: asked.append(sent.headers["idempotency-key"]) if sent.url.endswith("/v1/tickets") else 0)
    resident.press("再试一次")
    expect(resident.number).to_have_text("A001")
    assert len(set(asked)) == 1
    assert len(hall.tickets()) == 1


def test_the_page_goes_home_by_itself_and_nothing_is_left(hall, people, picture):
    page = people.page(PORTRAIT)
    page.clock.install()
    resident = Resident(page, hall)
    history = page.evaluate("history.length")
    page.get_by_role("button", name="特大").click()
    page.get_by_role("button", name="高对比").click()
    resident.press("查找事项")
    page.locator("#query").fill("低保")
    expect(page.locator(".layout .hint")).not_to_have_text("")

    page.clock.run_for(44_000)
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.clock.run_for(2_000)
    expect(page.get_by_role("alertdialog")).to_contain_text("您还在吗")
    expect(page.locator(".seconds")).to_have_text("14")
    picture(page, "touch-idle")
    resident.press("继续")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.locator("#query")).to_have_value("低保")

    page.clock.run_for(61_000)
    expect(page.locator(".screen.home")).to_be_visible()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    left = page.evaluate(
        """() => ({
          fields: document.querySelectorAll('input').length,
          text: document.documentElement.outerHTML.includes('低保'),
          focus: document.activeElement === document.body,
          history: history.length,
          stored: localStorage.length + sessionStorage.length + document.cookie.length,
          size: document.documentElement.dataset.size,
          contrast: document.documentElement.dataset.contrast,
          language: document.documentElement.lang,
          path: location.pathname + location.hash,
        })""")
    assert left == {
        "fields": 0, "text": False, "focus": True, "history": history, "stored": 0, "size": "large",
        "contrast": "ordinary", "language": "zh-Hans", "path": "/touch/",
    }


def test_a_number_does_not_stay_for_the_next_resident(hall, people):
    page = people.page(PORTRAIT)
    page.clock.install()
    resident = Resident(page, hall)
    resident.take()
    page.clock.run_for(61_000)
    expect(page.locator(".screen.home")).to_be_visible()
    assert "A001" not in page.content()
    page.go_back()
    page.go_forward()
    assert "A001" not in page.content()


@pytest.mark.parametrize("size, pixels", [("标准", 28), ("大字", 34), ("特大", 48)])
def test_the_three_sizes_of_type(hall, people, picture, size, pixels):
    page = people.page(PORTRAIT)
    Resident(page, hall)
    page.get_by_role("button", name=size, exact=True).click()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == pixels
    expect(page.get_by_role("button", name=size, exact=True)).to_have_attribute("aria-pressed", "true")
    picture(page, f"touch-home-{pixels}")


def test_large_type_is_the_ordinary_one(hall, people):
    page = people.page(PORTRAIT)
    Resident(page, hall)
    expect(page.get_by_role("button", name="大字", exact=True)).to_have_attribute("aria-pressed", "true")


def test_search_by_initials_pinyin_and_characters_on_the_screen_keyboard(hall, people, picture):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    resident.press("查找事项")
    for letter in "JZZ":
        page.get_by_role("button", name=letter, exact=True).click()
    expect(page.locator(".items .chip").first).to_contain_text("居住证申领")
    expect(page.locator(".items .chip").first).to_contain_text("公安户籍")
    picture(page, "touch-search")
    page.get_by_role("button", name="清空").click()
    expect(page.locator(".items .chip")).to_have_count(0)
    page.locator("#query").fill("juzhuzheng")
    expect(page.locator(".items .chip").first).to_contain_text("居住证申领")
    page.locator("#query").fill("社会保障卡")
    expect(page.locator(".items .chip").first).to_contain_text("社会保障卡")
    page.locator("#query").fill("没有这种事")
    expect(page.locator(".hint")).to_contain_text("没有查到")


def test_help_rings_at_the_console_and_the_answer_comes_back(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    clerk = Clerk(people.page(), hall)
    resident.page.locator("#foot .help").click()
    expect(resident.page.locator("#notes")).to_contain_text("已经通知工作人员")
    expect(clerk.page.locator(".rings")).to_contain_text("大门口取号机 请人帮忙")
    picture(clerk.page, "window-help")
    clerk.page.get_by_role("button", name="我去").click()
    expect(resident.page.locator("#notes")).to_contain_text("工作人员正在过来")
    expect(clerk.page.locator(".rings .banner")).to_have_count(0)


def test_english_changes_every_word_of_the_page_and_the_names_of_items(hall, people, picture):
    page = people.page(SMALL)
    resident = Resident(page, hall)
    expect(page.locator("#notes .banner")).to_have_count(0)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Take a number")).to_be_visible()
    # Every item has an English name here: nothing is said to be in Chinese only.
    expect(page.locator("#screen [lang='zh-Hans']")).to_have_count(0)
    expect(page.locator("#notes .banner")).to_have_count(0)
    picture(page, "touch-home-english")
    expect(page.locator(".departments .chip", has_text="Health insurance")).to_be_attached()
    resident.reach(page.locator(".frequent .chip", has_text="Enrolment in residents' basic health insurance")).click()
    expect(page.get_by_role("heading", name="Which is your case?")).to_be_visible()
    picture(page, "touch-question-english")
    page.locator(".answer").first.click()
    expect(page.get_by_role("button", name="Print this list")).to_be_visible()
    # The window knows the Chinese name; what has no English is said to have none.
    expect(page.locator(".head")).to_contain_text("城乡居民基本医疗保险参保登记")
    expect(page.locator(".head")).to_contain_text("in Chinese only")
    # What the catalogue has in Chinese only is said, not left to be found out.
    expect(page.locator("#notes")).to_contain_text("exists in Chinese only")
    # What stays Chinese says so, for screen readers.
    foreign = page.evaluate(
        """() => {
          const chinese = /[\\u4e00-\\u9fff]/, found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const node = walk.currentNode;
            if (!chinese.test(node.data)) continue;
            if (node.parentElement.closest('[lang]').lang !== 'zh-Hans') found.push(node.data);
          }
          return found;
        }""")
    # Words of the catalogue inside an English sentence carry the sentence's language.
    assert [text for text in foreign if not re.search("[a-z]{3}", text)] == []


def test_a_number_by_keyboard_alone(hall, people):
    page = people.page(SMALL)
    resident = Resident(page, hall)
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('take')"):
            break
    focus = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert focus == "solid"
    page.keyboard.press("Enter")
    expect(resident.number).to_have_text("A001")


def test_the_first_screen_counts_those_who_wait(hall, people):
    resident = Resident(people.page(PORTRAIT), hall)
    expect(resident.page.locator(".take")).to_contain_text("前面 0 人")
    hall.join()
    hall.join(kiosk="kiosk-2")
    expect(resident.page.locator(".take")).to_contain_text("前面 2 人")
    eventually("both wait", lambda: len(hall.tickets("waiting")) == 2)


def test_a_lost_slip_has_a_way_without_a_card(hall, people, picture):
    hall.join()
    hall.hand("kiosk-1", "unplug", kind="card_reader")
    clerk = Clerk(people.page(), hall)
    resident = Resident(people.page(PORTRAIT), hall)
    resident.press("我不清楚")
    resident.press("小票丢了")
    expect(resident.page.get_by_role("heading", name="小票丢了")).to_be_visible()
    expect(resident.page.locator(".layout")).to_contain_text("号码仍然有效")
    expect(resident.page.get_by_role("button", name="用身份证查我的号")).to_have_count(0)
    picture(resident.page, "touch-lost-slip")
    resident.press("请工作人员来补打")
    expect(clerk.page.locator(".rings")).to_contain_text("大门口取号机")
    expect(resident.page.locator("#notes .banner")).to_be_visible()


def test_a_number_that_is_missed_while_it_stands_there_offers_to_check_in(hall, people):
    resident = Resident(people.page(PORTRAIT), hall)
    number = resident.take()
    clerk = Clerk(people.page(), hall)
    assert clerk.call() == number
    expect(resident.page.locator(".position.now")).to_be_visible()
    clerk.press("miss")
    expect(resident.page.locator(".screen.progress")).to_contain_text("已过号")
    resident.press("报到")
    expect(resident.page.locator(".screen.progress .position")).not_to_contain_text("已过号")


SPLIT = """words => {
  const found = { whole: 0, split: [] };
  for (const box of document.querySelectorAll(".chip, h1, .name strong, .asked .name")) {
    const nodes = [];
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (let at = 0; at < walker.currentNode.data.length; at += 1) nodes.push([walker.currentNode, at]);
    const text = nodes.map(([node, at]) => node.data[at]).join("");
    for (const word of words)
      for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + 1)) {
        const tops = nodes.slice(from, from + word.length).map(([node, at]) => {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          return Math.round(range.getBoundingClientRect().top);
        });
        if (new Set(tops).size === 1) found.whole += 1;
        else found.split.push(text);
      }
  }
  return found;
}"""


@pytest.mark.parametrize("size", ["标准", "大字", "特大"])
@pytest.mark.parametrize("panel", [PORTRAIT, SMALL], ids=["portrait", "small"])
def test_words_that_residents_know_are_not_split_by_a_lines_end(hall, people, panel, size):
    page = people.page(panel)
    Resident(page, hall)
    page.get_by_role("button", name=size, exact=True).click()
    words = ["医疗保险", "养老保险", "身份证", "居住证", "保障卡", "申请表", "残疾人", "登记"]
    seen = 0
    for department in ["医疗保障", "社会保险", "公安户籍", "社会救助"]:
        page.evaluate("async name => (await import('/touch/main.js')).app.show('department', { name })", department)
        expect(page.locator("h1")).to_have_text(department)
        found = page.evaluate(SPLIT, words)
        assert found["split"] == []
        seen += found["whole"]
    assert seen >= 8
