"""A village's station: no queue, two lists, one printer."""

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from people import PANELS, Resident
from testkit.demo_hall import SECRET
from testkit.hall import Hall
from testkit.paths import DEMO

STATION = yaml.safe_load((DEMO.parent / "demo-village.yaml").read_text())


def station(settings):
    files = {**settings["files"], "divisions": str(DEMO.parent / "demo-divisions.csv")}
    listeners = settings["listeners"]
    settings.clear()
    settings.update({**STATION, "files": files, "listeners": listeners})
    settings.pop("publicity")
    settings["kiosks"] = [{"id": "kiosk-1", "printer": "none"}]


@pytest.fixture
def hall():
    hall = Hall(station)
    yield hall
    hall.close()


@pytest.mark.parametrize("panel", PANELS)
def test_two_lists_and_no_number(hall, people, picture, panel):
    resident = Resident(people.page(PANELS[panel]), hall)
    page = resident.page
    expect(page.locator("#top .hall")).to_contain_text("文兴社区便民服务站")
    expect(page.locator(".greeting")).to_contain_text("文兴社区党群服务中心办事大厅")
    expect(page.locator(".agents")).to_contain_text("演示代办员")
    expect(page.get_by_role("button", name="取号")).to_have_count(0)
    picture(page, "station")
    assert Axe().run(page).response["violations"] == []
    box = page.locator(".tile.agency").bounding_box()
    assert box["height"] >= 96 and box["width"] >= 96
    page.locator(".tile.agency").click()
    expect(page.locator(".items > li")).to_have_count(8)
    # By the keyboard: a second touch at the same point within 0.4 s would be ignored as a trembling finger.
    resident.reach(page.locator(".items .chip", has_text="高龄津贴")).press("Enter")
    expect(page.locator(".materials, .answers").first).to_be_visible()
    while resident.asked():
        resident.answer("")
    expect(page.get_by_role("button", name="取号")).to_have_count(0)
    picture(page, "station-item")
    page.locator(".tile.print").click()
    # Without a printer the notice itself is on the screen, with the station's name and its agent.
    expect(page.locator("img.page")).to_be_visible()
    expect(page.get_by_role("button", name="取号")).to_have_count(0)


def test_a_number_is_refused_in_words(hall):
    status, body, _ = hall.take(["MZ-005"])
    assert status == 409 and body["code"] == "no_queue"


def test_an_agent_signs_in_to_the_two_lists_and_prints_a_notice(hall, people, picture):
    page = people.page(PANELS["1366x768"])
    page.goto(f"{hall.desk_url}/window/")
    # A station has no windows to choose among.
    expect(page.locator("#badge")).to_be_visible()
    expect(page.locator("#window")).to_have_count(0)
    page.locator("#badge").fill("DB001")
    page.locator("#secret").fill(SECRET)
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".agentconsole")).to_be_visible()
    expect(page.locator(".bar .window")).to_contain_text("代办员")
    expect(page.locator(".directory.service li")).not_to_have_count(0)
    expect(page.locator(".directory.agency li")).to_have_count(8)
    for words in ("叫号", "代取号"):
        expect(page.get_by_role("button", name=words)).to_have_count(0)
    picture(page, "station-agent")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="打印告知单：高龄津贴").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".case > *").first).to_be_visible()
    while dialog.locator(".ask").count():
        asked = dialog.locator(".ask").element_handle()
        dialog.locator(".ask button").first.click()
        asked.wait_for_element_state("hidden")
        expect(dialog.locator(".case > *").first).to_be_visible()
    with page.expect_response("**/v1/notices") as answered:
        dialog.locator("button.main[type=submit]").click()
    assert answered.value.status == 201 and answered.value.json()["item"] == "MZ-005"
    expect(dialog.locator(".result")).to_contain_text(answered.value.json()["number"])


def test_an_agent_calls_no_numbers_in_a_town(people):
    hall = Hall()
    try:
        cookie = hall.sign_in("DB001")
        for path in ("/v1/windows/1/open", "/v1/windows/1/calls"):
            status, body, _ = hall.request(hall.hall, "POST", path, {}, cookie=cookie)
            assert status == 403 and body["code"] == "staff_only", body
    finally:
        hall.close()
