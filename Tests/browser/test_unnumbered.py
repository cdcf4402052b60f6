"""无号办理: who needs only a word is served with one key, and the ordinary visit keeps its two presses."""

from playwright.sync_api import expect

from people import SMALL, Clerk
from testkit.demo_hall import SECRET


def test_somebody_without_a_number_is_served_by_keyboard_and_counted(hall, people, picture):
    hall.join()
    clerk = Clerk(people.page(SMALL), hall)
    keys = clerk.page.keyboard
    offer = clerk.page.locator(".unnumbered button")
    expect(offer).to_be_enabled()
    picture(clerk.page, "unnumbered-offered")
    keys.press("9")
    expect(clerk.page.locator(".present")).to_contain_text("无号办理中")
    expect(clerk.page.locator(".bar .window")).to_contain_text("办理中")
    expect(clerk.verb("main")).to_contain_text("办完")
    expect(clerk.verb("calls")).to_be_disabled()
    picture(clerk.page, "unnumbered")

    chief = people.page(SMALL)
    chief.goto(f"{hall.desk_url}/manage/")
    chief.locator("#badge").fill("AJ100")
    chief.locator("#secret").fill(SECRET)
    chief.locator("form button[type=submit]").click()
    row = chief.locator(".windows tbody tr", has_text="AJ001")
    expect(row.locator(".doing")).to_contain_text("无号办理")
    expect(row.locator("td").last).to_contain_text("无号 1")
    expect(chief.locator(".tile.done")).to_contain_text("无号 1")
    picture(chief, "unnumbered-today")

    expect(clerk.verb("main")).to_be_enabled()
    keys.press("Space")
    expect(offer).to_be_visible()
    # The ordinary visit: called with one press, done with the next.
    assert clerk.call() == "A001"
    expect(offer).to_have_count(0)


def test_a_clerk_who_signs_out_meanwhile_leaves_no_window_behind(hall, people):
    clerk = Clerk(people.page(), hall)
    clerk.page.locator(".unnumbered button").click()
    expect(clerk.page.locator(".present")).to_contain_text("无号办理中")
    clerk.page.get_by_role("button", name="退出").click()
    expect(clerk.page.locator("#badge")).to_be_visible()
    other = Clerk(people.page(), hall, badge="AJ002")
    expect(other.page.locator(".unnumbered button")).to_be_enabled()
