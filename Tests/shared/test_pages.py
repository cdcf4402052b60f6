"""Pages of a hall with two machines: a console and a board whose machine is cut off or dies go on at the other one by themselves."""

import os
import pathlib

import pytest
import yaml
from playwright.sync_api import TimeoutError, expect, sync_playwright
from testkit.demo_hall import SECRET
from testkit.machines import Machines
from testkit.tls_front import TLSFront
from testkit.waiting import CEILING, eventually

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
# As generous as CEILING: pages that share a busy machine draw late.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def doors():
    """Two machines that run, each behind TLS of its own address, as browsers on other machines see them."""
    machines, fronts = Machines("office", "door"), []
    try:
        fronts += [TLSFront(f"127.0.0.{n}", machine.hall) for n, machine in enumerate(machines.all, 2)]
        for front, machine in zip(fronts, machines.all):
            def behind(settings, front=front):
                settings["listeners"]["public_address"] = front.origin
                settings["shared"]["doors"] = [one.origin for one in fronts]
            machine.change(behind)
        machines.open()
        yield machines, fronts
    finally:
        for front in fronts:
            front.close()
        machines.close()


@pytest.fixture
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def learnt(page):
    """Until a page knows the addresses of the machines."""
    return page.expect_response(lambda response: response.url.endswith("/machines") and response.ok)


def board_of(browser, front, machine, more):
    page = page_of(browser, "about:blank")
    with learnt(page):
        page.goto(f"{front.origin}/board/enter?token={token(machine)}{more}")
    return page


def page_of(browser, address):
    page = browser.new_context(locale="zh-CN", ignore_https_errors=True).new_page()
    page.set_default_timeout(CEILING * 1000)
    # The seconds for which a page waits pass at once.
    page.clock.install()
    page.goto(address)
    return page


def sign_in(page, badge, window):
    page.locator("#badge").fill(badge)
    page.locator("#secret").fill(SECRET)
    page.locator("#window").select_option(window)
    with learnt(page):
        page.get_by_role("button", name="登录").click()
    expect(page.locator(".console")).to_be_visible()


def goes_to(page, front):
    def arrives():
        page.clock.fast_forward(16_000)
        try:
            # It asks the other machine in real time, and the next leap comes only when that has had its chance.
            page.wait_for_url(f"{front.origin}/**", timeout=5_000)
        except TimeoutError:
            return False
        return True

    eventually(f"the page is at {front.origin}", arrives)


def picture(page, name):
    if pictures := os.environ.get("YICHUANG_PICTURES"):
        page.screenshot(path=str(pathlib.Path(pictures) / f"{name}.png"))


def token(machine):
    return yaml.safe_load(machine.configuration.read_text())["board"]["token"]


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
