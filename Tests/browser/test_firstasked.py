"""我的首问, finding a case without its receipt, and the month of the cases."""

from playwright.sync_api import expect

from people import SMALL, Clerk
from test_access import findings
from test_cases import NAME, NUMBER, begin
from testkit.demo_hall import SECRET


def opened(clerk, name):
    with clerk.page.expect_popup() as popup:
        clerk.page.get_by_role("button", name=name, exact=True).click()
    page = popup.value
    page.set_viewport_size(SMALL)
    return page


def test_a_question_that_was_passed_on_is_kept_until_somebody_says_what_came_of_it(hall, people, picture):
    clerk = Clerk(people.page(SMALL), hall)
    page = opened(clerk, "我的首问")
    expect(page.locator("#consult-answer")).to_be_visible()
    assert findings(page) == []
    page.get_by_label("问什么").fill("电话 13800138000")
    page.get_by_role("button", name="记下").click()
    expect(page.locator("form .said")).to_contain_text("不写姓名、电话和证件号")
    page.get_by_label("问什么").fill("土地纠纷")
    page.get_by_label("怎样答复").select_option("passed_on")
    page.get_by_label("转给谁").fill("司法所")
    picture(page, "first-asked-note")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("记下了。")).to_be_visible()
    tasks = page.get_by_role("table", name="转交的事")
    expect(tasks).to_contain_text("土地纠纷")
    expect(tasks).to_contain_text("司法所")
    picture(page, "first-asked-task")
    assert findings(page) == []
    tasks.get_by_role("button", name="办结").click()
    page.get_by_label("结果").fill("已电话答复")
    page.get_by_role("dialog").get_by_role("button", name="记下").click()
    expect(tasks).to_have_count(0)


def test_somebody_without_a_receipt_is_found_by_their_card(hall, people, picture):
    clerk = Clerk(people.page(SMALL), hall)
    page = opened(clerk, "办件")
    expect(page.locator(".cases .tabs")).to_be_visible()
    begin(page, "高龄津贴")
    page.get_by_role("button", name="开收件凭证").click()
    title = page.locator(".cases h2").last
    expect(title).to_contain_text("SJ-")
    page.get_by_role("button", name="按证件找").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("证件号码").fill("000000190001010033")
    dialog.get_by_role("button", name="查", exact=True).click()
    expect(dialog.get_by_role("status")).to_have_text("没有这个证件号的办件。")
    assert findings(page) == []
    dialog.get_by_role("button", name="关闭").click()
    page.get_by_role("button", name="按证件找").click()
    dialog.get_by_label("证件号码").fill(NUMBER)
    dialog.get_by_role("button", name="查", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".cases tbody tr").first).to_contain_text("SJ-")
    page.get_by_role("button", name="看完整姓名和号码").click()
    dialog.get_by_label("为什么要看").fill("电话通知领取")
    picture(page, "case-unmask")
    dialog.get_by_role("button", name="看", exact=True).click()
    expect(dialog).to_contain_text(NAME)
    expect(dialog).to_contain_text(NUMBER)
    picture(page, "case-unmasked")
    dialog.get_by_role("button", name="关闭").click()
    assert NAME not in page.locator("body").inner_text()


def test_today_says_what_to_look_at_beside_the_queue(hall, people, picture):
    cookie = hall.sign_in("AJ001", 1)

    def post(path, body):
        return hall.ask("POST", path, body, port=hall.hall, cookie=cookie)

    case = post("/v1/cases", {"item": "MZ-005", "situations": ["self"], "applicant": {"name": NAME}, "papers": []})
    first, second, *rest = case["missing"]
    steps = f"/v1/cases/{case['id']}"
    post(f"{steps}/corrections", {"lines": [{"material": name, "reasons": ["missing"]} for name in (first, *rest)]})
    post(f"{steps}/served", {"how": "signed", "by_hand": True})
    post(f"{steps}/papers", {"papers": [{"material": name, "originals": 1} for name in (first, *rest)], "complete": True})
    # What the first notice should have named: coordinators hear of it.
    post(f"{steps}/corrections", {"lines": [{"material": second, "reasons": ["missing"]}], "second_reason": "当时漏看了"})
    page = people.page(SMALL)
    page.goto(f"{hall.desk_url}/manage/")
    page.locator("#badge").fill("AJ100")
    page.locator("#secret").fill(SECRET)
    page.locator("form button[type=submit]").click()
    line = page.locator(".reminders")
    expect(line).to_contain_text("办件 1")
    picture(page, "today-reminders")
    assert findings(page) == []
    line.get_by_role("link", name="办件 1").click()
    expect(page.locator(".cases tbody tr").first).to_contain_text(case["number"])


def test_the_month_of_the_cases(hall, people, picture):
    page = people.page(SMALL)
    page.goto(f"{hall.desk_url}/manage/")
    page.locator("#badge").fill("AJ100")
    page.locator("#secret").fill(SECRET)
    page.locator("form button[type=submit]").click()
    page.get_by_role("link", name="办件月报").click()
    expect(page.locator("main .hint").last).to_contain_text("只按单子上的码统计")
    picture(page, "case-month")
    assert findings(page) == []
