"""低保: one application from the receipt to the result, by the pages alone, with its papers and with dates counted by hand."""

import datetime

import yaml
from playwright.sync_api import expect

from people import SMALL, Clerk
from test_cases import NAME, NUMBER, settle, step
from testkit.paths import ROOT

MISSING = "家庭收入、财产和支出状况有效证明材料", "重庆市社会救助家庭经济状况核查授权书"
DAY = datetime.timedelta(days=1)


class Calendar:
    """The State's working days, of the tree's file and the fixed days of the law."""

    def __init__(self):
        years = yaml.safe_load((ROOT / "packaging/reference/holidays.yaml").read_text())["years"].values()
        self.off = {one["date"] for year in years for one in year["off"]}
        self.worked = {day if isinstance(day, str) else day["date"] for year in years for day in year["workdays_on_weekend"]}

    def works(self, day):
        if day.isoformat() in self.off or (day.month, day.day) in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)):
            return False
        return day.isoformat() in self.worked or day.weekday() < 5

    def after(self, start, count):
        day = start
        while count:
            day += DAY
            count -= self.works(day)
        return day


def opened(hall, people, badge, window):
    page = people.page(SMALL)
    Clerk(page, hall, badge=badge, window=window)
    page.goto(f"{hall.desk_url}/window/cases.html")
    expect(page.locator(".cases .tabs")).to_be_visible()
    return page


def receive(page):
    page.get_by_role("button", name="受理新件").click()
    page.locator("#case-item").fill("最低生活保障")
    page.locator(".hits button").first.click()
    page.get_by_role("button", name="以上都不是").click()
    expect(page.locator("table.papers")).to_be_visible()
    page.get_by_role("button", name="全齐").click()
    for name in MISSING:
        for box in page.locator("table.papers tr", has_text=name).locator("input[type=number]").all():
            box.fill("0")
    page.locator("#case-name").fill(NAME)
    page.locator("#case-number").fill(NUMBER)
    page.get_by_role("button", name="开收件凭证").click()


def test_an_application_with_two_papers_missing_is_told_completed_decided_and_collected(hall, people, picture):
    clerk = opened(hall, people, "AJ001", 1)
    receive(clerk)
    title, facts = clerk.locator(".cases h2").last, clerk.locator(".cases dl")
    expect(title).to_contain_text("已收件")
    cookie = hall.sign_in("AJ100")
    [listed] = hall.ask("GET", "/v1/cases?list=open", port=hall.hall, cookie=cookie)["cases"]

    def look():
        return hall.ask("GET", f"/v1/cases/{listed['id']}", port=hall.hall, cookie=cookie)

    today, calendar = datetime.date.fromisoformat(listed["received_on"]), Calendar()
    assert sorted(listed["missing"]) == sorted(MISSING)
    assert listed["tell_by"] == calendar.after(today, 5).isoformat()
    # Told once, on paper: the printer's evidence is enough, nobody has to say that it was handed over.
    step(clerk, "corrections")
    settle(clerk, "corrections")
    expect(title).to_contain_text("待补正")
    expect(facts).to_contain_text("已打印")
    step(clerk, "served")
    settle(clerk, "served")
    dialog = step(clerk, "papers")
    for name in MISSING:
        dialog.locator("tr", has_text=name).locator("input[type=number]").first.fill("1")
    dialog.get_by_label("要求补的都齐了").check()
    settle(clerk, "papers")
    step(clerk, "accept")
    settle(clerk, "accept")
    expect(title).to_contain_text("已受理")
    # 30 natural days by law, 20 working days promised: the earlier one.
    due = min(today + 30 * DAY, calendar.after(today, 20))
    assert look()["due"]["printed"] == due.isoformat()
    picture(clerk, "living-allowance-accepted")
    # 公示: the limit stops once the paper has come out.
    office = opened(hall, people, "AJ100", None)
    office.get_by_role("button", name="全部在办").click()
    office.get_by_role("button", name=listed["number"]).click()
    stage = office.locator(".cases h2").last
    dialog = step(office, "pause")
    dialog.locator("select").first.select_option("公示")
    settle(office, "pause")
    expect(stage).to_contain_text("暂停中")
    picture(office, "living-allowance-paused")
    step(office, "resume")
    settle(office, "resume")
    # Begun and ended on one day nothing is left out.
    expect(stage).to_contain_text("已受理")
    assert look()["due"]["printed"] == due.isoformat()
    dialog = step(office, "decide")
    dialog.locator("input").last.fill("最低生活保障审核确认通知书")
    settle(office, "decide")
    dialog = step(office, "ready")
    dialog.locator("input").first.fill("A-03")
    settle(office, "ready")
    expect(stage).to_contain_text("待领取")
    # A relative needs a signed authority.
    dialog = step(office, "collect")
    dialog.locator("select").nth(0).select_option("relative")
    dialog.locator("select").nth(1).select_option("card")
    for box in dialog.locator("input[type=checkbox]").all():
        box.check()
    dialog.locator("button[type=submit]").click()
    expect(dialog.get_by_role("alert")).to_contain_text("委托")
    dialog.locator("select").nth(1).select_option("proxy")
    settle(office, "collect")
    expect(stage).to_contain_text("已领取")
    picture(office, "living-allowance-collected")
    told = look()
    kinds = {slip["number"][:2] for slip in told["slips"]}
    assert {"SJ", "BZ", "SL", "TX", "CJ"} <= kinds, told["slips"]
    assert all(paper["held"] == 0 for paper in told["materials"])
    for slip in told["slips"]:
        status, drawn, _ = hall.request(hall.hall, "GET", f"/v1/cases/{listed['id']}/slips/{slip['number']}.png", cookie=cookie)
        assert status == 200, slip
        (ROOT / ".build/screenshots" / f"living-allowance-{slip['number'][:2]}.png").write_bytes(drawn)
