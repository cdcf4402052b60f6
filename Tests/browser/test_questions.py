"""From the first screen to the right list on paper: every item of the catalogue, with every combination of answers to its questions."""

import copy
from itertools import chain, combinations, product
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Resident, lies_open
from testkit.hall import Hall, Refused
from testkit.waiting import eventually

MOST_TOUCHES = 4
# No list has more pages than this: a key that was not met by then stands on none of them.
MOST_TURNS = 40


def ways(question):
    """Every way to answer a question, each as the keys that are the case."""
    keys = [one["key"] for one in question["answers"]]
    if question["choose"] == "one":
        return [(key,) for key in keys]
    return list(chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1)))


def needed(item, case):
    """The names of the materials of a case, worked out here from the conditions that the catalogue publishes."""
    def holds(material):
        clauses = material["when_any_of"]
        return not clauses or any(
            set(one["chosen"]) <= case and not set(one["not_chosen"]) & case for one in clauses)

    return sorted(material["name"] for material in item["materials"] if holds(material))


class Finger:
    """Touches what lies open under it and counts: every press is a touch, turning a page is one too, unless `turns` are free."""

    def __init__(self, page, turns=True):
        self.page = page
        self.touches = 0
        self.turns = turns

    def lies_open(self, target):
        return lies_open(target)

    def touch(self, target):
        expect(target).to_be_attached()
        turn = self.page.locator(".turn").last
        for _ in range(MOST_TURNS):
            # A screen just built, or turned, is divided into pages a moment later.
            eventually("it or the key that turns lies open", lambda: self.lies_open(target) or (turn.count() and self.lies_open(turn)))
            if self.lies_open(target):
                break
            self.press(turn)
            self.touches -= 0 if self.turns else 1
            target.evaluate("one => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self.press(target)

    def press(self, target):
        # A click without a position, as a keyboard makes it: two quick touches at the same point are taken for a trembling finger.
        assert self.lies_open(target) and target.is_enabled()
        self.touches += 1
        target.evaluate("one => one.click()")


def touch_answers(finger, page, question, case):
    """Answers the question on the screen as the case has it."""
    labels = {one["key"]: one["label"] for one in question["answers"]}
    mine = [key for key in labels if key in case]
    answer = page.locator(".answer")
    before = page.locator(".answers").element_handle()
    if not mine:
        finger.touch(answer.filter(has_text="都不是"))
    elif len(mine) == 1 and (question["choose"] == "one" or len(labels) <= 2):
        finger.touch(answer.filter(has=page.get_by_text(labels[mine[0]], exact=True)))
    elif len(labels) <= 2:
        finger.touch(answer.filter(has_text="两项都是"))
    else:
        for key in mine:
            finger.touch(answer.filter(has=page.get_by_text(labels[key], exact=True)))
        finger.touch(answer.filter(has_text="继续"))
    before.wait_for_element_state("hidden")


def go_to_list(hall, page, item, case, turns=True):
    """From the first screen to the list; answers the finger and the answers that the page must have sent."""
    finger = Finger(page, turns)
    said = []
    frequent = page.locator(".frequent .chip:visible").filter(has=page.get_by_text(item["name"], exact=True))
    if frequent.count() and (lies_open(frequent) or not turns):
        finger.touch(frequent)
    else:
        finger.touch(page.locator(".departments .chip", has_text=item["department"]))
        named = page.get_by_text(item["name"], exact=True)
        if item["ask_first"]:
            # One touch says which item and one answer.
            label, key = next((one["label"], one["key"]) for one in item["ask_first"]["answers"] if one["key"] in case)
            line = page.locator(".items .asked").filter(has=named)
            finger.touch(line.locator(".way").filter(has=page.get_by_text(label, exact=True)))
            said.append(key)
        else:
            finger.touch(page.locator(".items .chip").filter(has=named))
    while True:
        expect(page.locator(".answers, .materials").first).to_be_visible()
        asked = hall.get(f"/v1/items/{item['code']}/checklist?answers={','.join(said)}")["question"]
        if asked is None:
            break
        touch_answers(finger, page, asked, case)
        said += [one["key"] for one in asked["answers"] if one["key"] in case] or [asked["none"]]
    expect(page.locator(".materials")).to_be_visible()
    return finger, said


PANELS = pytest.mark.parametrize("panel, size", [
    (PORTRAIT, "大字"), (SMALL, "大字"),
], ids=["portrait", "small"])


def walk(hall, page, size, prints, wanted=None, sample=False):
    """Every item (or those in `wanted`) in every case, each from the first screen to its notice; answers how many were walked.

    A `sample` is one case of each item, another one for each item that has as many.
    """
    page.get_by_role("button", name=size, exact=True).click()
    walked = 0
    for summary in hall.get("/v1/items")["items"]:
        if wanted and summary["code"] not in wanted:
            continue
        item = hall.get(f"/v1/items/{summary['code']}")
        cases = list(product(*(ways(question) for question in item["questions"])))
        for case in [cases[walked % len(cases)]] if sample else cases:
            case = set(chain.from_iterable(case))
            # 特大 has fewer keys on a page: there the pages are turned, and the touches beside them count.
            finger, said = go_to_list(hall, page, item, case, turns=size != "特大")
            shown = page.locator(".materials .name strong, .materials .one > :first-child").all_inner_texts()
            assert sorted(shown) == needed(item, case), (item["code"], case)
            if prints:
                with page.expect_response("**/v1/notices") as answered:
                    finger.touch(page.locator(".tile.print"))
                assert answered.value.request.post_data_json["situations"] == said
                assert answered.value.status == 201
                expect(page.locator(".screen.notice")).to_be_visible()
            else:
                eventually("the key that prints lies open", lambda: finger.lies_open(page.locator(".tile.print")), seconds=5)
                finger.touches += 1
            assert finger.touches <= MOST_TOUCHES, (item["code"], case, finger.touches)
            page.get_by_role("button", name="首页").evaluate("one => one.click()")
            expect(page.locator(".screen.home")).to_be_visible()
            page.get_by_role("button", name=size, exact=True).evaluate("one => one.click()")
            walked += 1
    return walked


@PANELS
def test_every_item_in_every_case_is_four_touches_from_its_notice(hall, people, panel, size):
    page = people.page(panel)
    Resident(page, hall)
    # The whole walk prints once; elsewhere the touches are counted up to the press that prints.
    prints = panel == PORTRAIT and size == "大字"
    walked = walk(hall, page, size, prints)
    assert walked >= 60
    if prints:
        eventually("every notice is on paper", lambda: len(hall.dock()["kiosk-1"]["slips"]) >= min(walked, 20), seconds=90)


@pytest.mark.parametrize("panel", [PORTRAIT, SMALL], ids=["portrait", "small"])
def test_every_item_is_met_in_the_largest_type_by_turning_pages(hall, people, panel):
    page = people.page(panel)
    Resident(page, hall)
    assert walk(hall, page, "特大", prints=False, sample=True) == len(hall.get("/v1/items")["items"])


# Items with two questions that no hall offers as frequent: code, name, what it is a copy of, department.
ASKING = [
    ("RS-105", "工伤职工待遇资格确认", "RS-005", "社会保险"), ("RS-106", "失业保险金领取方式变更", "RS-005", "社会保险"),
    ("MZ-104", "优抚对象补贴申请", "MZ-004", "退役军人"), ("YB-105", "医疗救助待遇申请", "RS-005", "医疗保障"),
]


@pytest.fixture
def asking_hall(tmp_path):
    """A hall whose catalogue has several items with two questions, none of them frequent."""
    def configure(settings):
        catalogue = yaml.safe_load(Path(settings["files"]["catalogue"]).read_text())
        items = {item["code"]: item for item in catalogue["items"]}
        for code, name, model, category in ASKING:
            item = copy.deepcopy(items[model])
            item.update(code=code, name=name, category=category, aliases=[])
            item.pop("pinyin", None)
            catalogue["items"].append(item)
        file = tmp_path / "catalogue.yaml"
        file.write_text(yaml.safe_dump(catalogue, allow_unicode=True, sort_keys=False))
        settings["files"]["catalogue"] = str(file)
        settings["frequent"] = ["YB-001", "RS-004", "GA-001", "MZ-005"]
        settings["kiosks"] = [{"id": "kiosk-1", "printer": "none"}]

    hall = Hall(configure)
    yield hall
    hall.close()


@PANELS
def test_two_questions_are_four_touches_for_every_item_and_not_only_for_the_frequent(asking_hall, people, picture, panel, size):
    page = people.page(panel)
    Resident(page, asking_hall)
    two = {code for code, *_ in ASKING} | {"RS-005", "MZ-004"}
    for code in two:
        item = asking_hall.get(f"/v1/items/{code}")
        assert len(item["questions"]) == 2 and item["ask_first"]["choose"] == "one"
    assert walk(asking_hall, page, size, prints=False, wanted=two) >= 4 * len(two)
    page.locator(".departments .chip", has_text="社会保险").click()
    lines = page.locator(".items .asked")
    expect(lines).to_have_count(3)
    for way in page.locator(".items .way").all():
        box = way.bounding_box()
        assert box["height"] >= 96 and box["width"] >= 96
        assert float(way.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")) >= 20
    picture(page, f"touch-department-{'extra' if size == '特大' else 'large'}")
    assert Axe().run(page).response["violations"] == []
    # What was pressed with the item is one of its answers, and going back takes it back.
    lines.first.locator(".way").first.click()
    expect(page.locator(".answers")).to_be_visible()
    page.locator("#foot").get_by_role("button", name="返回").click()
    expect(lines).to_have_count(3)


def test_a_question_with_several_answers_can_be_none_one_or_both(hall, people, picture):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    resident.open_item("残疾人生活补贴", "两项都是", "代理申请")
    expect(page.locator(".facts")).to_contain_text("困难残疾人生活补贴；重度残疾人护理补贴；代理申请")
    page.locator("#foot").get_by_role("button", name="返回").click()
    assert resident.asked() == "谁来申请"
    page.locator("#foot").get_by_role("button", name="返回").click()
    assert resident.asked() == "申请哪项补贴"
    picture(page, "touch-question-several")
    resident.answer("都不是")
    resident.answer("本人申请")
    expect(page.locator(".materials")).to_be_visible()
    with page.expect_request("**/v1/notices") as sent:
        resident.press("打印告知单")
    assert sent.value.post_data_json["situations"] == ["none:allowance", "self"]


def test_situations_shorten_the_list_and_reach_the_notice_and_the_number(hall, people, picture):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    resident.open_item("社会保障卡申领", "本人办理")
    expect(page.locator(".materials")).not_to_contain_text("代办人居民身份证")
    page.locator("#foot").get_by_role("button", name="返回").click()
    resident.answer("他人代办")
    expect(page.locator(".materials")).to_contain_text("代办人居民身份证")
    picture(page, "touch-item")
    with page.expect_request("**/v1/notices") as sent:
        resident.press("打印告知单")
    assert sent.value.post_data_json["situations"] == ["by_agent"]
    expect(page.get_by_role("heading", name="请取告知单")).to_be_visible()
    assert len(hall.dock()["kiosk-1"]["slips"]) == 1
    resident.press("取号")
    expect(resident.number).to_have_text("A001")
    assert [item["name"] for item in hall.tickets()[0]["items"]] == ["社会保障卡申领"]


def test_what_is_missing_is_marked_and_all_is_there_with_one_press(hall, people, picture):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    resident.open_item("社会保障卡补换", "损坏换卡", "他人代办")
    missing = page.locator(".mark-missing")
    missing.nth(0).click()
    expect(page.locator(".is-missing")).to_have_count(1)
    expect(page.locator(".tile.print")).to_contain_text("缺 1 样")
    expect(page.locator(".tile.print")).to_have_class("button tile main print")
    picture(page, "touch-item-missing")
    page.get_by_role("button", name="我都带了").click()
    expect(page.locator(".is-missing")).to_have_count(0)
    expect(page.locator(".mark-have[aria-pressed=true]")).to_have_count(missing.count())
    expect(page.get_by_role("button", name="我都带了")).to_have_attribute("aria-pressed", "true")


def test_what_was_marked_missing_is_marked_on_the_paper(hall, people):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    resident.open_item("社会保障卡补换", "损坏换卡", "他人代办")
    names = page.locator(".group-bring .name strong").all_inner_texts()
    assert len(names) >= 2
    page.locator(".mark-have").nth(0).click()
    page.locator(".mark-missing").nth(1).click()
    with page.expect_response("**/v1/notices") as answered:
        resident.press("打印告知单")
    sent = answered.value.request.post_data_json
    assert (sent["have"], sent["missing"]) == ([names[0]], [names[1]])
    notice = answered.value.json()
    assert (notice["have"], notice["missing"]) == ([names[0]], [names[1]])
    with pytest.raises(Refused, match="unknown_material"):
        hall.ask("POST", "/v1/notices", {"item": "RS-005", "missing": ["不存在的材料"]})
    with pytest.raises(Refused, match="too_many_marks"):
        hall.ask("POST", "/v1/notices", {"item": "RS-005", "have": [names[0]] * 101})


def test_an_item_of_the_village_is_told_before_a_number(hall, people, picture):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    page.locator(".departments .chip", has_text="养老服务").click()
    page.locator(".items .chip", has_text="高龄津贴").click()
    expect(page.locator(".elsewhere")).to_contain_text("便民服务站")
    assert resident.asked()
    resident.answer("本人申请")
    for words in ("演示村便民服务站", "党群服务中心", "工作日 9:00-17:00", "12345"):
        expect(page.locator(".elsewhere")).to_contain_text(words)
    picture(page, "touch-elsewhere")
    assert hall.tickets() == []
    with page.expect_request("**/v1/tickets") as sent:
        resident.press("仍要取号")
    assert sent.value.post_data_json["insist"] is True
    expect(resident.number).to_have_text("A001")


def test_a_page_that_does_not_know_better_is_refused_and_says_where_to_go(hall, people, picture):
    page = people.page(SMALL)

    def forget(route):
        answer = route.fetch()
        item = answer.json()
        item["elsewhere"] = None
        route.fulfill(response=answer, json=item)

    page.route("**/v1/items/MZ-006", forget)
    resident = Resident(page, hall)
    resident.open_item("老年人优待证")
    resident.press("取号")
    expect(page.get_by_role("alert")).to_contain_text("便民服务站")
    expect(page.get_by_role("alert")).to_contain_text("演示村便民服务站")
    picture(page, "touch-elsewhere-refused")
    resident.press("仍要取号")
    expect(resident.number).to_have_text("A001")


def test_the_idle_return_leaves_nothing_of_the_answers(hall, people):
    page = people.page(PORTRAIT)
    page.clock.install()
    resident = Resident(page, hall)
    resident.open_item("社会保障卡补换", "损坏换卡", "他人代办")
    resident.touch(page.locator(".mark-missing").first)
    page.clock.run_for(61_000)
    expect(page.locator(".screen.home")).to_be_visible()
    for words in ("损坏换卡", "他人代办", "原社会保障卡", "缺 1 样"):
        assert words not in page.content()
    # The next resident is asked anew.
    resident.press("社会保障卡补换")
    assert resident.asked() == "原来的卡怎么了"
    page.locator(".answer", has_text="损坏换卡").press("Enter")
    expect(page.get_by_role("heading", name="谁来办理")).to_be_visible()
    page.locator(".answer", has_text="他人代办").press("Enter")
    expect(page.locator(".materials")).to_be_visible()
    assert page.locator(".is-missing").count() == 0
