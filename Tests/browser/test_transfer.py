"""转号 and 一号办多事 at the console: by keyboard alone, without more presses for an ordinary visit, and no ticket is forgotten."""

from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Clerk, Resident

# The demo's window that serves lane H, and A after it.
POLICE = 3


def choose(clerk, target, reason):
    """转号 by three keys. Who types them faster than the dialog follows is a scanner."""
    dialog = clerk.page.get_by_role("dialog")
    # The feed may show the ticket before the call's own answer has come.
    expect(clerk.verb("transfer")).to_be_enabled()
    for key, words in (("8", "转到哪里"), (target, "为什么"), (reason, "")):
        clerk.page.keyboard.press(key)
        if words:
            expect(dialog).to_contain_text(words)
    return dialog


def finish(clerk):
    """The main key, once the moment has come from which a called ticket can be finished."""
    expect(clerk.verb("main")).to_be_enabled()
    clerk.page.keyboard.press("Space")


def test_a_ticket_is_sent_on_by_keyboard_alone_and_watched_until_it_has_arrived(hall, people, picture):
    hall.join()
    first = Clerk(people.page(SMALL), hall)
    keys = first.page.keyboard
    police = Clerk(people.page(SMALL), hall, badge="AJ003", window=POLICE)
    number = first.call()
    keys.press("8")
    dialog = first.page.get_by_role("dialog")
    expect(dialog).to_contain_text("转到哪里")
    picture(first.page, "transfer-where")
    keys.press("h")
    expect(dialog).to_contain_text("为什么")
    picture(first.page, "transfer-why")
    keys.press("1")
    expect(dialog).to_have_count(0)
    expect(first.page.locator(".goingon")).to_contain_text(number)
    expect(first.page.locator(".list.transfers")).to_contain_text("转 H 队")
    picture(first.page, "transfer-done")
    expect(police.page.locator(".list.waiting")).to_contain_text(number)
    assert police.call() == number
    expect(police.page.locator(".present")).to_contain_text("转错、取错号")
    picture(police.page, "transfer-came")
    expect(first.page.locator(".list.transfers")).to_contain_text("已叫")
    police.press("serve")
    expect(first.page.locator(".list.transfers")).to_have_count(0)


def test_no_open_window_is_told_and_may_be_insisted_on_and_undone(hall, people, picture):
    hall.join()
    clerk = Clerk(people.page(SMALL), hall)
    number = clerk.call()
    keys = clerk.page.keyboard
    dialog = choose(clerk, "h", "5")
    expect(dialog).to_contain_text("没有开着的窗口")
    picture(clerk.page, "transfer-insist")
    keys.press("1")
    expect(dialog).to_have_count(0)
    expect(clerk.page.locator(".goingon")).to_contain_text(number)
    keys.press("0")
    expect(clerk.number).to_have_text(number)
    expect(clerk.page.locator(".list.transfers")).to_have_count(0)


def test_the_third_transfer_needs_words_and_is_told_to_the_coordinator(hall, people, picture):
    hall.join()
    one = Clerk(people.page(SMALL), hall)
    two = Clerk(people.page(SMALL), hall, badge="AJ002", window=2)
    coordinator = Clerk(people.page(SMALL), hall, badge="AJ100", window=None)
    one.call()
    for clerk, window in ((one, "2"), (two, "1")):
        expect(choose(clerk, window, "5")).to_have_count(0)
        (two if clerk is one else one).call()
    choose(one, "2", "5")
    field = one.page.locator("#transfer-words")
    expect(field).to_be_focused()
    picture(one.page, "transfer-third")
    field.fill("两边都说不归自己办")
    field.press("Enter")
    expect(one.page.get_by_role("dialog")).to_have_count(0)
    expect(coordinator.page.locator(".notices")).to_contain_text("已转 3 次")
    expect(coordinator.page.locator(".notices")).to_contain_text("两边都说不归自己办")
    page = coordinator.page
    page.goto(f"{hall.desk_url}/manage/")
    expect(page.locator(".alerts")).to_contain_text("已转 3 次")
    picture(page, "transfer-today")


def test_what_was_really_done_is_asked_only_when_it_is_wished(hall, people, picture):
    hall.join()
    hall.join()
    clerk = Clerk(people.page(SMALL), hall)
    clerk.call()
    clerk.page.get_by_role("button", name="实际办的不一样？").click()
    field = clerk.page.locator("#items-query")
    expect(field).to_be_focused()
    field.fill("社会保障卡补换")
    field.press("Enter")
    expect(clerk.page.locator(".chosen")).to_contain_text("补换")
    picture(clerk.page, "items-served")
    clerk.page.get_by_role("button", name="就这些").click()
    expect(clerk.page.locator(".present")).to_contain_text("实际办理：")
    # Two presses are still a visit.
    finish(clerk)
    expect(clerk.number).to_have_text("A002")


def test_one_number_goes_from_lane_to_lane(hall, people, picture):
    clerk = Clerk(people.page(SMALL), hall)
    police = Clerk(people.page(SMALL), hall, badge="AJ003", window=POLICE)
    hall.join(["RS-004", "GA-001"])
    number = clerk.call()
    expect(clerk.page.locator(".present .next")).to_contain_text("办完接着去：H")
    picture(clerk.page, "itinerary")
    finish(clerk)
    expect(clerk.page.locator(".goingon")).to_contain_text("不用再取号")
    picture(clerk.page, "itinerary-next")
    assert police.call() == number
    finish(police)
    expect(police.page.locator(".list.waiting")).not_to_contain_text(number)


def test_a_bundle_takes_one_number_and_shows_one_list(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    page = resident.page
    # All departments, this key and the six frequent items stand on the first screen.
    expect(page.locator(".frequent .chip:visible")).to_have_count(6)
    resident.press("一件事")
    expect(page.get_by_role("heading", name="一件事一次办")).to_be_visible()
    picture(page, "bundles")
    resident.press("新生儿出生一件事")
    expect(page.locator(".materials")).to_be_visible()
    expect(page.locator(".head")).to_contain_text("一个号，按顺序办")
    names = page.locator(".materials .name strong").all_inner_texts()
    assert len(names) > 1 and len(names) == len(set(names))
    picture(page, "bundle")
    resident.press("一起取号")
    expect(resident.number).to_be_visible()
    expect(page.locator(".stops")).to_contain_text("办完接着去")
    picture(page, "bundle-ticket")
    [ticket] = hall.tickets()
    assert len(ticket["items"]) > 1 and ticket["stops"]


def test_a_clerk_takes_one_number_for_a_bundle(hall, people, picture):
    clerk = Clerk(people.page(SMALL), hall)
    clerk.page.get_by_role("button", name="代取号").click()
    clerk.page.locator("#take-bundle").select_option(label="新生儿出生一件事")
    expect(clerk.page.locator(".takefor")).to_contain_text("一共要带")
    picture(clerk.page, "takefor-bundle")
    clerk.page.get_by_role("button", name="取号", exact=True).click()
    expect(clerk.page.locator(".result")).to_contain_text("办完接着去")
    [ticket] = hall.tickets()
    assert len(ticket["items"]) > 1 and ticket["stops"]
