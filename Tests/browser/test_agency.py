"""代办件: the agent's day by the page alone, from the signed authority in the village to the file."""

import pytest
from playwright.sync_api import expect

from people import SMALL, Clerk
from test_access import findings
from testkit.demo_hall import SECRET

# Nobody's: the region 000000 is none.
NAME, NUMBER = "测试乙", "000000190001010017"


def signed_in(hall, people, badge, path):
    page = people.page(SMALL)
    page.goto(f"{hall.desk_url}/window/")
    page.locator("#badge").fill(badge)
    page.locator("#secret").fill(SECRET)
    page.keyboard.press("Enter")
    expect(page.locator("#badge")).to_have_count(0)
    page.goto(f"{hall.desk_url}{path}")
    expect(page.locator(".cases .tabs")).to_be_visible()
    return page


@pytest.fixture
def agent(hall, people):
    return signed_in(hall, people, "DB001", "/window/agency.html")


def step(page, name):
    page.locator(f'[data-step="{name}"]').click()
    return page.get_by_role("dialog")


def settle(page):
    """Sends a step's form and waits until its dialog has gone."""
    dialog = page.get_by_role("dialog")
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_have_count(0)


def choose_item(page, words):
    """An item by its name, and the first answer to each of its questions."""
    field = page.locator("#agency-item")
    expect(field).to_be_focused()
    field.fill(words)
    page.locator(".hits button").first.click()
    papers = page.locator("table.originals")
    question = page.locator(".opening .stage > p").first
    papers.or_(question).first.wait_for()
    while not papers.count():
        asked = question.inner_text()
        page.locator(".answers button").first.click()
        papers.or_(question.filter(has_not_text=asked)).first.wait_for()
    expect(papers).to_be_visible()


def entrust(page, name=NAME):
    """An authority for a card with two originals, one of them not on the list."""
    page.get_by_role("button", name="新委托").click()
    choose_item(page, "社会保障卡")
    page.locator("#agency-name").fill(name)
    page.locator("#agency-number").fill(NUMBER)
    page.locator("#agency-phone").fill("13900000000")
    first = page.locator("table.originals tbody tr").first
    first.locator("input").nth(0).fill("1")
    first.locator("input").nth(1).fill("0017")
    page.get_by_role("button", name="加一行").click()
    page.keyboard.type("旧社保卡")
    last = page.locator("table.originals tbody tr").last
    last.locator("input[type=number]").first.fill("1")


def test_a_neighbours_card_is_carried_to_the_town_and_back(hall, people, agent, picture):
    page = agent
    entrust(page)
    picture(page, "agency-entrusting")
    assert findings(page) == []
    page.get_by_role("button", name="打印委托单，两份都签字").click()
    title = page.locator(".cases h2").last
    expect(title).to_contain_text("DB-")
    expect(title).to_contain_text("已委托")
    # The agent sees whose it is, in full; the lists do not say it.
    expect(page.locator(".cases dl")).to_contain_text(NAME)
    assert NAME not in page.locator(".cases main > section").first.inner_text()
    expect(page.locator(".cases dl")).to_contain_text("已打印")
    picture(page, "agency-entrusted")
    step(page, "take")
    picture(page, "agency-take")
    settle(page)
    expect(title).to_contain_text("已受理")
    page.locator(".cases tbody input[type=checkbox]").first.check()
    page.get_by_role("button", name="出发，带 1 件").click()
    expect(title).to_contain_text("已出发")
    expect(page.locator(".cases dl")).to_contain_text("PC-")
    picture(page, "agency-carried")
    # The town's window scans the paper: whose matter it is need not be typed.
    clerk = Clerk(people.page(SMALL), hall)
    found = hall.ask("GET", "/v1/agency?list=mine", port=hall.hall, cookie=hall.sign_in("DB001"))["agency"][0]
    with clerk.page.expect_popup() as opened:
        clerk.page.get_by_role("button", name="办件", exact=True).click()
    town = opened.value
    town.set_viewport_size(SMALL)
    expect(town.locator(".cases .tabs")).to_be_visible()
    town.keyboard.type(f"{found['number']}", delay=2)
    town.keyboard.press("Control+J")
    town.keyboard.type(found["id"], delay=2)
    town.keyboard.press("Enter")
    expect(town.locator("table.papers")).to_be_visible()
    expect(town.locator("#case-name")).to_have_count(0)
    town.locator("table.papers tbody tr").first.locator("input[type=number]").first.fill("1")
    picture(town, "agency-town-opens")
    town.get_by_role("button", name="开收件凭证").click()
    expect(town.locator(".cases h2").last).to_contain_text("SJ-")
    page.locator(".cases tr.chosen .link").click()
    expect(title).to_contain_text("镇街在办")
    expect(page.locator(".cases dl")).to_contain_text("SJ-")
    expect(page.locator("table[aria-label='原件在谁手里']")).to_contain_text("镇街窗口")
    picture(page, "agency-in-town")
    assert findings(page) == []
    step(page, "fetch")
    page.get_by_role("dialog").get_by_label("已在纸上签字").check()
    picture(page, "agency-fetch")
    settle(page)
    expect(title).to_contain_text("待送达")
    step(page, "deliver").get_by_label("委托人已签字，原件都退还了").check()
    settle(page)
    expect(title).to_contain_text("已送达")
    expect(page.locator("table[aria-label='原件在谁手里']")).not_to_contain_text("镇街窗口")
    step(page, "file")
    settle(page)
    expect(title).to_contain_text("已归档")
    # Whoever carried it does not ask about it; the coordinator does.
    expect(page.locator('[data-step="ask"]')).to_have_count(0)
    lead = signed_in(hall, people, "AJ100", "/window/agency.html")
    lead.get_by_role("button", name="待回访").click()
    lead.locator(".cases tbody .link").first.click()
    step(lead, "ask")
    settle(lead)
    expect(lead.locator(".cases dl")).to_contain_text("非常满意")
    lead.get_by_role("button", name="月报").click()
    expect(lead.locator("table.months")).to_be_visible()
    picture(lead, "agency-months")
    assert findings(lead) == []


def test_an_authority_ends_and_another_agents_originals_are_reassigned(hall, people, agent, picture):
    page = agent
    entrust(page)
    page.get_by_role("button", name="打印委托单，两份都签字").click()
    title = page.locator(".cases h2").last
    expect(title).to_contain_text("已委托")
    step(page, "renew")
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=date]").fill("2020-01-01")
    dialog.get_by_label("原因").fill("镇里还没办完")
    dialog.get_by_label("已在纸上签字").check()
    dialog.locator("button[type=submit]").click()
    # What the hall does not accept stays on the form.
    expect(dialog.locator(".said")).to_contain_text("日期不对")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    lead = signed_in(hall, people, "AJ100", "/window/agency.html")
    lead.get_by_role("button", name="原件在外").click()
    expect(lead.locator(".cases tbody")).to_contain_text("旧社保卡")
    picture(lead, "agency-originals")
    assert findings(lead) == []
    lead.locator(".cases tbody .link").first.click()
    dialog = step(lead, "reassign")
    dialog.get_by_label("接手的代办员工号").fill("AJ001")
    dialog.get_by_label("原因").fill("调离")
    dialog.locator("button[type=submit]").click()
    expect(dialog.locator(".said")).to_contain_text("没有这位代办员")
    dialog.locator(".button.quiet").click()
    dialog = step(page, "end")
    dialog.get_by_label("原因").fill("自己去办")
    dialog.get_by_label("手上的原件都退还了，委托人已签字").check()
    picture(page, "agency-end")
    settle(page)
    expect(title).to_contain_text("已终止")
    expect(page.locator(".cases dl")).to_contain_text("终止单")


def test_a_stations_paper_is_entered_later_and_the_page_speaks_english(hall, people, agent, picture):
    page = agent
    stranger = people.page()
    stranger.goto(f"{hall.desk_url}/window/agency.html")
    expect(stranger.locator("#badge")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Agency cases")
    page.get_by_role("button", name="New authority").click()
    choose_item(page, "社会保障卡")
    picture(page, "agency-english")
    assert findings(page) == []
