"""Cards and codes at a kiosk, as its page shows them."""

import pytest
from playwright.sync_api import expect

from people import LANDSCAPE, PANELS, PORTRAIT, Clerk, Resident
from testkit.waiting import eventually


def heading(resident):
    return resident.page.locator("h1")


def agree(resident):
    resident.page.get_by_role("button", name="同意，读身份证").click()


def choose(resident, words):
    """By the keyboard: a second touch at the same point within 0.4 s would be ignored as a trembling finger."""
    resident.page.get_by_role("button", name=words).first.press("Enter")


def lay(resident, card="resident"):
    """Lays a card down and agrees that it is read; answers the page's greeting."""
    resident.hall.hand("kiosk-1", "lay", card=card)
    expect(heading(resident)).to_have_text("要读您的身份证吗？")
    agree(resident)
    expect(heading(resident)).to_contain_text("您好")
    return heading(resident).inner_text()


def lift(resident):
    """Lifts the card, and waits until the reader's field is empty for the next person."""
    resident.hall.hand("kiosk-1", "lift")
    expect(resident.page.locator("#notes")).not_to_contain_text("证")


def test_a_card_is_read_after_its_holder_agreed_and_gives_a_number_once(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    other = Resident(people.page(PORTRAIT), hall, kiosk="kiosk-2")
    expect(resident.page.locator(".reader")).to_contain_text("不刷证也能取号")
    picture(resident.page, "card-home")
    hall.hand("kiosk-1", "lay", card="resident")
    expect(heading(resident)).to_have_text("要读您的身份证吗？")
    expect(resident.page.locator(".purposes li")).to_have_count(3)
    picture(resident.page, "card-asks")
    agree(resident)
    expect(heading(resident)).to_have_text("测*甲，您好")
    picture(resident.page, "card-known")
    # Nobody else's page hears of it.
    expect(other.page.locator(".screen.home")).to_be_visible()
    choose(resident, "取号")
    expect(resident.number).to_have_text("A001")

    resident.press("好的")
    expect(resident.page.locator("#notes")).to_contain_text("有证件留在读卡处")
    lift(resident)
    lay(resident)
    expect(resident.page.locator(".head")).to_contain_text("您今天已有号")
    picture(resident.page, "card-has")
    choose(resident, "看我的号")
    expect(resident.page.locator(".progress .number")).to_have_text("A001")
    picture(resident.page, "card-progress")
    choose(resident, "补打小票")
    expect(resident.number).to_have_text("A001")
    assert [one["number"] for one in hall.tickets()] == ["A001"]


def test_priority_is_offered_and_somebody_elses_number_too(hall, people):
    resident = Resident(people.page(PORTRAIT), hall)
    lay(resident)
    choose(resident, "优先取号")
    expect(resident.number).to_have_text("A001")
    assert [one["priority"] for one in hall.tickets()] == [True]
    resident.press("好的")
    expect(resident.page.locator("#notes")).to_contain_text("有证件留在读卡处")
    lift(resident)
    lay(resident)
    choose(resident, "代他人取号")
    expect(resident.number).to_have_text("A002")
    assert [one["priority"] for one in hall.tickets()] == [True, False]


def test_a_number_needs_no_card(hall, people):
    resident = Resident(people.page(PORTRAIT), hall)
    hall.hand("kiosk-1", "lay", card="resident")
    resident.press("不刷证取号")
    expect(resident.number).to_have_text("A001")


def test_nothing_of_a_card_is_left_for_the_next(hall, people):
    resident = Resident(people.page(PORTRAIT), hall)
    lay(resident)
    resident.page.get_by_role("button", name="首页").first.click()
    expect(resident.page.locator(".screen.home")).to_be_visible()
    assert resident.take() == "A001"
    resident.press("好的")
    expect(resident.page.locator("#notes")).to_contain_text("有证件留在读卡处")
    lift(resident)
    # The number was taken without the card: its holder has none yet.
    lay(resident)
    expect(resident.page.locator(".head")).not_to_contain_text("已有号")


def test_what_is_no_identity_card_is_said(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    hall.hand("kiosk-1", "lay", card="foreign")
    agree(resident)
    expect(resident.page.get_by_role("alert")).to_contain_text("这不是身份证")
    picture(resident.page, "card-foreign")


def test_the_reader_is_pulled_and_put_back(hall, people):
    resident = Resident(people.page(PORTRAIT), hall)
    clerk = Clerk(people.page(LANDSCAPE), hall)
    expect(resident.page.locator(".reader")).to_be_visible()
    hall.hand("kiosk-1", "unplug", kind="card_reader")
    expect(resident.page.locator(".reader")).to_have_count(0)
    expect(clerk.page.locator("body")).to_contain_text("读卡器或扫码器已断开")
    hall.hand("kiosk-1", "plug", kind="card_reader")
    expect(resident.page.locator(".reader")).to_be_visible()
    expect(clerk.page.locator("body")).not_to_contain_text("已断开")


def test_codes_of_the_hall_open_what_they_are(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    ticket = hall.join()
    hall.hand("kiosk-1", "scan", text=f"{ticket['number']}\n{ticket['id']}")
    expect(resident.page.locator(".progress .number")).to_have_text(ticket["number"])
    clerk = Clerk(people.page(LANDSCAPE), hall)
    clerk.call()
    clerk.press("miss")
    expect(resident.page.locator(".position")).to_contain_text("已过号")
    picture(resident.page, "card-missed")
    resident.press("报到")
    expect(resident.page.locator(".position")).not_to_contain_text("已过号")
    hall.hand("kiosk-1", "scan", text="社会保障卡申领\nITEM RS-004")
    expect(resident.page.locator(".screen.item")).to_contain_text("社会保障卡")
    hall.hand("kiosk-1", "scan", text="6901234567892")
    expect(heading(resident)).to_have_text("这个码不是本厅的")
    expect(resident.page.locator(".head")).to_contain_text("数字，13 个字符")
    expect(resident.page.locator("body")).not_to_contain_text("6901234567892")
    picture(resident.page, "card-strange-code")
    hall.hand("kiosk-1", "scan", text="AJ001")
    expect(heading(resident)).to_have_text("这是工作人员的工号")
    # A code of this hall's form that belongs to no ticket of today.
    hall.hand("kiosk-1", "scan", text="A001\n000000000000")
    expect(heading(resident)).to_have_text("这张小票今天不能用")


def test_an_agent_takes_numbers_for_several_people(hall, people, picture):
    agent = Resident(people.page(PORTRAIT), hall)
    # Anybody can print a badge's number: it takes nothing.
    hall.hand("kiosk-1", "scan", text="DB001")
    expect(heading(agent)).to_have_text("这是工作人员的工号")
    expect(agent.page.locator("body")).to_contain_text("二维码")
    picture(agent.page, "agent-number-only")
    code = hall.badge("DB001")
    hall.hand("kiosk-1", "scan", text=code[:-1] + ("0" if code[-1] != "0" else "1"))
    expect(heading(agent)).to_have_text("这个码不是本厅的")
    hall.hand("kiosk-1", "scan", text=code)
    expect(heading(agent)).to_have_text("代办员演示员戊，您好")
    picture(agent.page, "agent")
    choose(agent, "取一个号")
    expect(agent.number).to_have_text("A001")
    picture(agent.page, "agent-number")
    choose(agent, "再取一个号")
    expect(agent.page.locator(".head")).to_contain_text("您手上有 1 个号")
    # Whose matter is known may be named: the list is shown, and the number is the agent's too.
    item = hall.get("/v1/items/RS-004")
    agent.page.locator(".departments .chip", has_text=item["department"]).first.press("Enter")
    agent.page.locator(".items .chip").filter(has=agent.page.get_by_text(item["name"], exact=True)).press("Enter")
    while agent.asked():
        agent.answer("")
    choose(agent, "取号")
    expect(agent.number).to_have_text("A002")
    for count in range(2, 8):
        choose(agent, "再取一个号")
        choose(agent, "取一个号")
        expect(agent.number).to_have_text(f"A00{count + 1}")
    choose(agent, "再取一个号")
    choose(agent, "取一个号")
    expect(heading(agent)).to_have_text("您手上已有 8 个号")
    picture(agent.page, "agent-enough")
    # Nothing of the badge is left for the next.
    agent.page.get_by_role("button", name="首页").first.click()
    expect(agent.page.locator(".screen.home")).to_be_visible()
    assert agent.take() == "A009"
    expect(agent.page.get_by_role("button", name="再取一个号")).to_have_count(0)


def test_a_card_that_was_left_is_nobodys(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    clerk = Clerk(people.page(LANDSCAPE), hall)
    notes = resident.page.locator("#notes")
    lay(resident)
    choose(resident, "取号")
    expect(resident.number).to_have_text("A001")
    expect(notes).to_contain_text("请拿好身份证")
    picture(resident.page, "card-take")
    resident.press("好的")
    expect(notes).to_contain_text("有证件留在读卡处")
    expect(clerk.page.locator("body")).to_contain_text("有证件留在读卡处")
    picture(resident.page, "card-left")
    # Whoever comes next takes a number without it, and agreeing does not read it.
    assert resident.take() == "A002"
    resident.press("好的")
    hall.hand("kiosk-1", "lift")
    # Too soon: it is taken for the card that was left.
    hall.hand("kiosk-1", "lay", card="resident:1")
    expect(notes).to_contain_text("有证件留在读卡处")
    expect(resident.page.locator(".screen.home")).to_be_visible()
    lift(resident)
    expect(clerk.page.locator("body")).not_to_contain_text("有证件留在读卡处")
    lay(resident, card="resident:1")
    assert [one["number"] for one in hall.tickets()] == ["A001", "A002"]


def test_a_card_left_behind_is_not_read_for_whoever_agrees_next(hall, people):
    """Another page of the same kiosk, newly opened, knows the card on the reader."""
    resident = Resident(people.page(PORTRAIT), hall)
    lay(resident)
    resident.page.reload()
    expect(resident.page.locator("#notes")).to_contain_text("有证件留在读卡处")
    hall.ask("POST", "/v1/kiosks/kiosk-1/cards", {"read": True})
    expect(resident.page.locator("#notes")).to_contain_text("有证件留在读卡处")
    expect(resident.page.locator(".screen.home")).to_be_visible()


def test_a_card_does_not_move_a_page_that_is_in_use_and_is_noticed(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    lay(resident)
    choose(resident, "取号")
    expect(resident.number).to_have_text("A001")
    # The next resident lays a card down while the number of the one before stands there.
    hall.hand("kiosk-1", "lay", card="resident:1")
    expect(resident.page.locator("#notes")).to_contain_text("又有证件放上来了")
    expect(resident.number).to_have_text("A001")
    picture(resident.page, "card-another")
    resident.press("按这里刷身份证")
    expect(heading(resident)).to_have_text("要读您的身份证吗？")
    agree(resident)
    expect(heading(resident)).to_have_text("测*乙，您好")
    # And while somebody looks for an item.
    resident.page.get_by_role("button", name="首页").first.click()
    expect(resident.page.locator("#notes")).to_contain_text("有证件留在读卡处")
    lift(resident)
    resident.open_item("RS-004")
    hall.hand("kiosk-1", "lay", card="resident:2")
    expect(resident.page.locator("#notes")).to_contain_text("又有证件放上来了")
    expect(resident.page.locator(".screen.item")).to_be_visible()


def test_a_sound_reminds_until_the_card_is_lifted(hall, people):
    page = people.page(PORTRAIT)
    page.add_init_script("""
      globalThis.tones = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...when) { globalThis.tones += 1; return start.apply(this, when); };
    """)
    resident = Resident(page, hall)
    lay(resident)
    choose(resident, "取号")
    expect(resident.number).to_have_text("A001")
    before = page.evaluate("tones")
    assert before > 0
    eventually("the next sound", lambda: page.evaluate("tones") > before)
    hall.hand("kiosk-1", "lift")
    expect(page.locator("#notes")).not_to_contain_text("请拿好身份证")


def test_one_symbol_is_one_screen_and_back_leads_home(hall, people):
    resident = Resident(people.page(PORTRAIT), hall)
    home = resident.page.locator(".screen.home")
    ticket = hall.join()
    for _ in range(2):
        hall.hand("kiosk-1", "scan", text="https://example.test/pay")
        expect(heading(resident)).to_have_text("这个码不是本厅的")
        hall.hand("kiosk-1", "scan", text=f"{ticket['number']}\n{ticket['id']}")
        expect(resident.page.locator(".progress .number")).to_have_text(ticket["number"])
        resident.page.get_by_role("button", name="返回").click()
        expect(home).to_be_visible()
        resident.page.wait_for_timeout(2100)
    hall.hand("kiosk-1", "scan", text="6901234567892")
    expect(heading(resident)).to_have_text("这个码不是本厅的")
    hall.hand("kiosk-1", "scan", text="69012345678")
    expect(resident.page.locator(".head")).to_contain_text("11 个字符")
    resident.page.get_by_role("button", name="返回").click()
    expect(home).to_be_visible()


def test_a_card_ends_the_idle_screen(hall, people):
    page = people.page(PORTRAIT)
    page.clock.install()
    page.route("**/v1/publicity", lambda route: route.fulfill(json={
        "pages": [], "question": {"id": "q", "ask": "您知道村里可以代办吗？", "answers": ["知道", "不知道"]}, "after_seconds": 60}))
    resident = Resident(page, hall)
    page.clock.run_for(62_000)
    expect(page.locator(".publicity")).to_be_visible()
    hall.hand("kiosk-1", "lay", card="resident")
    expect(heading(resident)).to_have_text("要读您的身份证吗？")
    expect(page.locator(".publicity")).to_have_count(0)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("size", ["standard", "extra"])
def test_the_question_fits_every_panel(hall, people, picture, panel, size):
    resident = Resident(people.page(PANELS[panel]), hall)
    if size == "extra":
        resident.press("特大")
    hall.hand("kiosk-1", "lay", card="resident")
    button = resident.page.get_by_role("button", name="同意，读身份证")
    expect(button).to_be_in_viewport(ratio=1)
    expect(resident.page.get_by_role("button", name="不刷证取号")).to_be_in_viewport(ratio=1)
    # Nothing lies behind the bar of keys below.
    main = resident.page.locator("main").first
    assert main.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
    picture(resident.page, f"card-asks-{panel}-{size}")


def test_the_dock_works_the_reader(hall, people, picture):
    resident = Resident(people.page(PORTRAIT), hall)
    dock = people.page(LANDSCAPE)
    dock.goto(f"{hall.kiosk_url}/dock/")
    dock.get_by_role("button", name="放身份证").first.click()
    expect(heading(resident)).to_have_text("要读您的身份证吗？")
    dock.get_by_label("码里的文字").first.fill("RS-004")
    dock.get_by_role("button", name="扫码", exact=True).first.click()
    expect(resident.page.locator(".screen.item")).to_contain_text("社会保障卡")
    picture(dock, "dock-readers")
