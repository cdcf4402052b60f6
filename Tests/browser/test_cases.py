"""办件: papers are taken on one screen, told once, completed, accepted, decided and collected, by the page alone."""

import pytest
from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Clerk, Resident
from test_access import findings

# Nobody's: the region 000000 is none.
NAME, NUMBER = "测试甲", "000000190001010017"


@pytest.fixture
def cases(hall, people):
    """A clerk at window 1 with the page of the cases open beside the console."""
    clerk = Clerk(people.page(SMALL), hall)
    with clerk.page.expect_popup() as opened:
        clerk.page.get_by_role("button", name="办件", exact=True).click()
    page = opened.value
    page.set_viewport_size(SMALL)
    expect(page.locator(".cases .tabs")).to_be_visible()
    return page


def step(page, name):
    page.locator(f'[data-step="{name}"]').click()
    return page.get_by_role("dialog")


def settle(page, name):
    """Sends a step's form and waits until its dialog has gone."""
    dialog = page.get_by_role("dialog")
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_have_count(0)
    assert name


def begin(page, words):
    page.get_by_role("button", name="受理新件").click()
    field = page.locator("#case-item")
    expect(field).to_be_focused()
    field.fill(words)
    page.locator(".hits button").first.click()
    # Questions of the item, the first answer to each.
    papers = page.locator("table.papers")
    answers = page.locator(".answers button")
    question = page.locator(".opening .stage > p")
    papers.or_(question).first.wait_for()
    while not papers.count():
        asked = question.inner_text()
        answers.first.click()
        papers.or_(question.filter(has_not_text=asked)).first.wait_for()
    expect(papers).to_be_visible()
    page.locator("#case-name").fill(NAME)
    page.locator("#case-number").fill(NUMBER)


def test_a_case_from_the_receipt_to_the_result(hall, people, cases, picture):
    page = cases
    begin(page, "高龄津贴")
    picture(page, "cases-opening")
    assert findings(page) == []
    page.locator("#case-number").fill("000000190001010018")
    page.get_by_role("button", name="开收件凭证").click()
    expect(page.locator(".opening .said")).to_contain_text("对得上校验位")
    page.locator("#case-number").fill(NUMBER)
    page.get_by_role("button", name="全齐").click()
    expect(page.get_by_role("button", name="开收件凭证")).to_be_focused()
    page.keyboard.press("Enter")
    title = page.locator(".cases h2").last
    expect(title).to_contain_text("SJ-")
    expect(title).to_contain_text("已收件")
    expect(page.locator(".cases dl")).to_contain_text("已打印")
    expect(page.locator("[data-step]").first).to_have_text("受理")
    picture(page, "cases-received")
    assert findings(page) == []
    # The name is on no screen that stands open; what is shown is masked.
    assert NAME not in page.locator("body").inner_text() and NUMBER not in page.locator("body").inner_text()
    expect(page.locator(".cases tr.chosen")).to_contain_text("已收件")
    step(page, "accept")
    picture(page, "cases-accept")
    settle(page, "accept")
    expect(title).to_contain_text("已受理")
    expect(page.locator(".cases dl")).to_contain_text("前办结")
    # Taken back within seconds by one press, and accepted again.
    page.locator('[data-step="undo-accept"]').click()
    expect(title).to_contain_text("已收件")
    expect(page.get_by_role("table", name="单子")).to_contain_text("作废")
    step(page, "accept")
    settle(page, "accept")
    expect(title).to_contain_text("已受理")
    step(page, "forward")
    settle(page, "forward")
    expect(title).to_contain_text("已流转")
    papers = page.get_by_role("table", name="单子")
    expect(papers).to_contain_text("物料流转单")
    # Every paper is printed again from here, and looked at.
    papers.get_by_role("button", name="补打 收件凭证").click()
    settle(page, "print")
    expect(papers.locator("tr", has_text="收件凭证")).to_contain_text("已打印")
    picture(page, "cases-forwarded")
    assert findings(page) == []
    # What goes to the department stands on one list, once.
    page.get_by_role("button", name="交接清单").click()
    lists = page.get_by_role("dialog")
    lists.get_by_role("button", name="打清单").click()
    expect(lists.get_by_role("table")).to_contain_text("JJ-")
    expect(lists).to_contain_text("没有等着交的办件")
    picture(page, "cases-handover")
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(lists).to_have_count(0)
    link = papers.get_by_role("link", name="受理通知").last.get_attribute("href")
    paper = page.request.get(f"{hall.desk_url}{link}")
    assert paper.status == 200 and paper.body().startswith(b"%PDF")


def test_what_is_missing_is_told_once_and_completed(hall, people, cases, picture):
    page = cases
    begin(page, "高龄津贴")
    page.get_by_role("button", name="开收件凭证").click()
    title = page.locator(".cases h2").last
    expect(title).to_contain_text("已收件")
    expect(page.locator('[data-step="accept"]')).to_have_count(0)
    dialog = step(page, "corrections")
    picture(page, "cases-correction")
    assert findings(page) == []
    assert dialog.locator("select").evaluate_all("all => all.filter(one => one.value === 'missing').length") > 0
    # One paper may have several reasons: another list comes behind each that was chosen.
    reasons = dialog.locator("td.reasons").first.locator("select")
    reasons.first.select_option("missing")
    reasons.nth(1).select_option("expired")
    expect(reasons).to_have_count(3)
    settle(page, "corrections")
    expect(title).to_contain_text("待补正")
    expect(page.locator(".cases section li").first).to_contain_text("缺少、已过有效期")
    dialog = step(page, "served")
    dialog.get_by_label("没有打印，我当面交给了他").check()
    settle(page, "served")
    dialog = step(page, "papers")
    for box in dialog.locator("tbody tr").all():
        box.locator("input[type=number]").first.fill("1")
    dialog.get_by_label("要求补的都齐了").check()
    settle(page, "papers")
    expect(title).to_contain_text("已收件")
    expect(page.locator('[data-step="accept"]')).to_be_visible()
    expect(page.get_by_role("table", name="单子")).to_contain_text("补正材料收件凭证")
    picture(page, "cases-completed")
    # A code of the receipt under the scanner brings it up again.
    page.get_by_role("button", name="全部在办").click()
    expect(page.locator(".cases tbody tr").first).to_contain_text("SJ-")


def test_the_page_is_staffs_and_speaks_english(hall, people, cases, picture):
    stranger = people.page()
    stranger.goto(f"{hall.desk_url}/window/cases.html")
    expect(stranger.locator("#badge")).to_be_visible()
    cases.get_by_role("link", name="English").click()
    expect(cases.locator("h1")).to_have_text("Cases")
    cases.get_by_role("button", name="New case").click()
    picture(cases, "cases-english")
    assert findings(cases) == []


def test_the_receipt_under_a_kiosks_scanner_says_how_far_the_case_is_and_no_more(hall, people, cases, picture):
    page = cases
    begin(page, "高龄津贴")
    page.get_by_role("button", name="开收件凭证").click()
    expect(page.locator(".cases h2").last).to_contain_text("已收件")
    opened = hall.ask("GET", "/v1/cases?list=open", port=hall.hall, cookie=hall.sign_in("AJ100"))["cases"][0]
    code, number = opened["id"], opened["number"]
    step(page, "corrections")
    settle(page, "corrections")
    resident = Resident(people.page(PORTRAIT), hall)
    hall.hand("kiosk-1", "scan", text=f"{number}\n{code}")
    expect(resident.page.locator("h1")).to_have_text("要补材料")
    expect(resident.page.locator(".head")).to_contain_text("还缺 3 项")
    picture(resident.page, "touch-case-correcting")
    words = resident.page.locator("body").inner_text()
    assert "高龄津贴" not in words.split("要补材料")[1] and NAME not in words
    resident.press("再打一张")
    expect(resident.page.locator(".head")).to_contain_text("打好了，请取走")
    picture(resident.page, "touch-case-printed")
    resident.press("取号到窗口")
    expect(resident.number).to_be_visible()


def test_what_was_entered_wrongly_is_put_right_by_two(hall, people, cases, picture):
    page = cases
    begin(page, "高龄津贴")
    page.get_by_role("button", name="全齐").click()
    page.get_by_role("button", name="开收件凭证").click()
    title = page.locator(".cases h2").last
    expect(title).to_contain_text("已收件")
    number = title.inner_text().split()[0]
    coordinator = people.page(SMALL)
    Clerk(coordinator, hall, badge="AJ100", window=None)
    coordinator.goto(f"{hall.desk_url}/window/cases.html")
    coordinator.get_by_role("button", name="全部在办").click()
    coordinator.get_by_role("button", name=number).click()
    dialog = step(coordinator, "correct")
    picture(coordinator, "cases-correct")
    assert findings(coordinator) == []
    dialog.get_by_label("什么登记错了").select_option("bearer")
    dialog.get_by_label("应是谁来办").select_option("relative")
    dialog.get_by_label("原因").fill("登记时选错了")
    dialog.get_by_label("一起确认的人").fill("AJ001")
    settle(coordinator, "correct")
    expect(coordinator.locator(".cases dl")).to_contain_text("谁来办")
    picture(coordinator, "cases-corrected")
