"""Pages of a hall with two machines, in a browser."""

import os
import pathlib

import yaml
from playwright.sync_api import TimeoutError, expect
from testkit.demo_hall import SECRET
from testkit.waiting import CEILING, eventually

# As generous as CEILING: pages that share a busy machine draw late.
expect.set_options(timeout=60_000)


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
