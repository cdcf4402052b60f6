"""值班表: a coordinator's week, by keys of the keyboard and by a table from WPS."""

from playwright.sync_api import expect

from people import SMALL, Clerk
from test_access import findings
from testkit.demo_hall import SECRET


def duty(people, hall):
    page = people.page(SMALL)
    page.goto(f"{hall.desk_url}/manage/")
    page.locator("#badge").fill("AJ100")
    page.locator("#secret").fill(SECRET)
    page.locator("form button[type=submit]").click()
    page.get_by_role("link", name="考勤").click()
    page.get_by_role("link", name="值班表").click()
    expect(page.locator(".duty tbody tr").first).to_be_visible()
    return page


def test_a_week_is_planned_by_keyboard_and_another_by_a_table(hall, people, picture):
    page = duty(people, hall)
    page.get_by_role("button", name="下一周").click()
    expect(page.locator(".duty th.today")).to_have_count(0)
    row = page.locator(".duty tbody tr", has_text="AJ001")
    first = row.locator(".cell").first
    expect(first).to_have_text("未排")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("#duty-window").select_option("2")
    page.get_by_role("button", name="保存").press("Enter")
    second = row.locator(".cell").nth(1)
    expect(second).to_contain_text("2 号窗口")
    # The keyboard goes on from there.
    expect(second).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("#duty-session-1").uncheck()
    page.get_by_role("button", name="保存").click()
    expect(row.locator(".cell").nth(2)).to_have_text("休")
    picture(page, "duty")
    assert findings(page) == []
    # Taken back, the day is nobody's plan again.
    row.locator(".cell").nth(2).press("Enter")
    picture(page, "duty-planned")
    page.get_by_role("button", name="恢复未排").click()
    expect(row.locator(".cell").nth(2)).to_have_text("未排")

    heading = page.locator("h1").inner_text().split()[-1]
    page.get_by_role("button", name="导入表格").click()
    field = page.locator("#duty-table")
    field.fill(f"日期\t工号\t窗口\t场次\n{heading}\tAJ001\t1\t全天\n{heading}\tAJ999\t1\t全天\n{heading}\tAJ002\t77\t早上\n")
    page.get_by_role("button", name="保存").click()
    said = page.locator(".dialog .said")
    expect(said).to_contain_text("第 3 行：没有工号“AJ999”")
    expect(said).to_contain_text("第 4 行：没有窗口“77”")
    picture(page, "duty-import")
    assert findings(page) == []
    expect(first).to_have_text("未排")
    page.locator("#duty-file").set_input_files(
        {"name": "值班.csv", "mimeType": "text/csv", "buffer": f"日期,工号,窗口,场次\r\n{heading},AJ001,1,全天\r\n".encode("gb18030")})
    expect(field).to_have_value(f"日期,工号,窗口,场次\n{heading},AJ001,1,全天\n")
    page.get_by_role("button", name="保存").click()
    expect(first).to_contain_text("1 号窗口")


def test_it_is_a_coordinators_and_speaks_english(hall, people, picture):
    page = duty(people, hall)
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_contain_text("Duty plan")
    expect(page.locator(".duty thead th").nth(1)).to_contain_text("Monday")
    picture(page, "duty-english")
    assert findings(page) == []
    clerk = Clerk(people.page(), hall)
    clerk.page.goto(f"{hall.desk_url}/manage/duty.html")
    expect(clerk.page.locator("body")).to_contain_text("统筹人员用的页面")
