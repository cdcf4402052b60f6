"""An old notice, opened again by the code on it: its own list, what has changed since in words, and a new one."""

import shutil
import signal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Resident
from testkit.hall import Hall
from testkit.paths import ROOT
from testkit.waiting import eventually


@pytest.fixture
def changing_hall(tmp_path):
    """The demo hall over a catalogue of the test's own; `hall.change(old, new)` puts another version of it in force."""
    share = tmp_path / "share"
    share.mkdir()
    # Pages are not served through a link that leads out of the folder.
    for name in ("Kiosk", "packaging/reference"):
        shutil.copytree(ROOT / name, share / name)
    for name in ("Devices", "docs"):
        (share / name).symlink_to(ROOT / name)
    hall = Hall(share=share)

    def change(old, new):
        file = share / "packaging" / "reference" / "catalogue.yaml"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))
        before = hall.get("/v1/hall")["catalogue_version"]
        hall.process.send_signal(signal.SIGHUP)
        eventually("the new version is in force", lambda: hall.get("/v1/hall")["catalogue_version"] != before)

    hall.change = change
    yield hall
    hall.close()


def issue(hall, item="RS-005", situations=("damaged", "by_agent")):
    return hall.ask("POST", "/v1/notices", {"item": item, "situations": list(situations), "kiosk": "kiosk-2"})


def test_a_scanned_notice_says_that_nothing_has_changed(changing_hall, people, picture):
    hall = changing_hall
    page = people.page(PORTRAIT)
    Resident(page, hall)
    notice = issue(hall)
    hall.hand("kiosk-1", "scan", text=f"安居镇便民服务中心\n告知单 {notice['number']}\n{notice['id']}")
    expect(page.locator(".screen.reopened")).to_be_visible()
    expect(page.get_by_role("heading", name="社会保障卡补换")).to_be_visible()
    expect(page.locator(".verdict")).to_contain_text("没有变化")
    expect(page.locator(".changes")).to_have_count(0)
    expect(page.locator(".materials")).to_contain_text("代办人居民身份证或社会保障卡")
    picture(page, "touch-old-notice-same")
    page.get_by_role("button", name="看现在要带什么").click()
    expect(page.locator(".materials .mark-have").first).to_be_visible()


def test_what_has_changed_is_said_in_words_and_a_new_notice_is_printed(changing_hall, people, picture):
    hall = changing_hall
    page = people.page(PORTRAIT)
    Resident(page, hall)
    notice = issue(hall)
    hall.change(
        "- {name: 代办人居民身份证或社会保障卡, kind: original, copies: 1, required: false, when: by_agent, source: 政府部门核发（公安、人力社保）}\n  steps:\n  - 取号\n"
        "  - 综合窗口受理（材料齐全即收，不齐一次性告知）\n  - 挂失／注销旧卡",
        "- {name: 代办人居民身份证, kind: original, copies: 1, required: false, when: by_agent, source: 政府部门核发（公安、人力社保）}\n  steps:\n  - 取号\n"
        "  - 综合窗口受理（材料齐全即收，不齐一次性告知）\n  - 挂失／注销旧卡")
    hall.change("- {name: 原社会保障卡, kind: original, copies: 1,", "- {name: 原社会保障卡, kind: copy, copies: 2,")
    hall.hand("kiosk-1", "scan", text=notice["id"])
    expect(page.locator(".verdict")).to_contain_text("有变化")
    expect(page.locator(".changes")).to_contain_text("材料：新增“代办人居民身份证”")
    expect(page.locator(".changes")).to_contain_text("材料：删去“代办人居民身份证或社会保障卡”")
    expect(page.locator(".since-gone")).to_contain_text("代办人居民身份证或社会保障卡")
    expect(page.locator(".since-gone .mark")).to_have_text("现在不用了")
    expect(page.locator(".since-changed")).to_contain_text("原社会保障卡")
    picture(page, "touch-old-notice-changed")
    assert Axe().run(page).response["violations"] == []
    with page.expect_response("**/v1/notices") as answered:
        page.get_by_role("button", name="打印新的一次性告知单").click()
    assert answered.value.request.post_data_json["situations"] == ["damaged", "by_agent"]
    assert answered.value.json()["catalogue_version"] != notice["catalogue_version"]
    expect(page.get_by_role("heading", name="请取告知单")).to_be_visible()


@pytest.mark.parametrize("panel", [PORTRAIT, SMALL], ids=["portrait", "small"])
def test_the_code_is_typed_where_nothing_scans(changing_hall, people, picture, panel):
    hall = changing_hall
    page = people.page(panel)
    resident = Resident(page, hall)
    code = issue(hall)["id"]
    hall.change("name: 社会保障卡补换\n", "name: 社会保障卡补办换发\n")
    resident.press("查找事项")
    page.get_by_role("button", name="以前打印的告知单").click()
    expect(page.locator("h1")).to_contain_text("编码")
    look = page.get_by_role("button", name="查看这张告知单")
    expect(look).to_be_disabled()
    for letter in code[:6]:
        page.locator(".keyboard").get_by_role("button", name=letter, exact=True).press("Enter")
    expect(page.locator("#notice-code")).to_have_value(f"{code[:4]}-{code[4:6]}")
    picture(page, "touch-notice-code")
    for key in page.locator(".keyboard .key").all():
        box = key.bounding_box()
        assert box["height"] >= 96
        assert key.evaluate("""one => { const box = one.getBoundingClientRect();
            return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height - 4)); }""")
    assert Axe().run(page).response["violations"] == []
    page.locator("#notice-code").fill(code.lower())
    look.click()
    expect(page.locator(".verdict")).to_contain_text("有变化")
    expect(page.locator(".changes")).to_contain_text("名称：由“社会保障卡补换”改为“社会保障卡补办换发”")


def test_a_code_that_is_none_and_an_item_that_is_gone_say_so(changing_hall, people):
    hall = changing_hall
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    resident.press("查找事项")
    page.get_by_role("button", name="以前打印的告知单").click()
    page.locator("#notice-code").fill("000000000000")
    # By the keyboard: a second touch at the same point within 0.4 s would be ignored as a trembling finger.
    page.get_by_role("button", name="查看这张告知单").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("没有这张告知单")
    page.get_by_role("button", name="首页").click()
    code = issue(hall, "RS-006", ())["id"]
    hall.change("code: RS-006\n", "code: RS-506\n")
    hall.hand("kiosk-1", "scan", text=code)
    expect(page.locator(".verdict")).to_contain_text("不在本厅目录中")
    expect(page.get_by_role("button", name="打印新的一次性告知单")).to_have_count(0)
