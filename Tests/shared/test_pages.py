"""Pages of a hall with two machines: a console and a board whose machine is cut off or dies go on at the other one by themselves."""

from playwright.sync_api import expect
from testkit.waiting import eventually

from pages import board_of, goes_to, page_of, picture, sign_in


def test_machine_dies(doors, browser):
    """The numbers of before are there, the next call is on the board, and nobody typed an address."""
    machines, (here, there) = doors
    office, door = machines.all
    console = page_of(browser, f"{here.origin}/window/")
    sign_in(console, "AJ001", "1")
    board = board_of(browser, here, office, "&screen=east")
    expect(board.locator("main.board")).to_be_visible()
    strip = board_of(browser, here, office, "&window=1")
    expect(strip.locator("main.window-strip")).to_be_visible()
    number = office.join()["number"]
    eventually("the door has it", lambda: any(one["number"] == number for one in door.tickets()))
    office.kill()
    expect(console.locator(".banner.machines", has_text="会自动转到大厅的另一台机器")).to_be_visible()
    picture(console, "console-leaves")
    eventually("the board says so", lambda: "会自动换到另一台机器" in board.locator(".banner.stale").inner_text() or board.clock.run_for(1_000), pause=0.5)
    picture(board, "board-leaves")
    for page in (console, board, strip):
        goes_to(page, there)
    expect(board.locator("main.board")).to_be_visible()
    assert "screen=east" in board.url and "pass" not in board.url
    assert "window=1" in strip.url
    expect(console.locator(".machines", has_text="已经换到这台机器")).to_be_visible()
    assert "moved" not in console.url
    picture(console, "console-arrived")
    sign_in(console, "AJ001", "1")
    assert door.request(door.hall, "GET", "/v1/queue", cookie=door.sign_in("AJ100"))[0] == 200
    console.get_by_role("button", name="叫下一位").first.click()
    expect(board.locator(".call .number")).to_have_text(number)
    expect(strip.locator(".turn .number")).to_have_text(number)
    picture(board, "board-arrived")
    office.start()


def test_machine_is_cut_off(doors, browser):
    """A board whose machine answers and is cut off from the journal says so, and goes on at the other one once that is ready."""
    machines, (here, there) = doors
    office = machines[0]
    eventually("the office decides", lambda: office.take()[0] == 201)
    board = board_of(browser, here, office, "")
    expect(board.locator("main.board")).to_be_visible()
    machines.postgres.sql("ALTER ROLE yc_office NOLOGIN")
    machines.postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'yc_office'")
    eventually("the board says so", lambda: "这台机器现在用不了" in board.locator(".banner.stale").inner_text() or board.clock.run_for(2_000), pause=0.5)
    picture(board, "board-cut-off")
    goes_to(board, there)
    expect(board.locator("main.board")).to_be_visible()
