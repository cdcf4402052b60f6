"""Pages of another computer, in Chromium with the hall's certificate imported, as a clerk's browser has it."""

import os

import pytest
from playwright.sync_api import expect, sync_playwright
from testkit.demo_hall import SECRET
from testkit.door import NAME
from trust import enrol

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
expect.set_options(timeout=60_000)


@pytest.fixture
def browser(door, tmp_path):
    """Starts Chromium, with the hall's certificate or without."""
    started = []
    playwright = sync_playwright().start()

    def start(enrolled=True):
        home = tmp_path / f"home-{len(started)}"
        home.mkdir()
        if enrolled:
            enrol(home, door.ca)
        started.append(playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"], env={**os.environ, "HOME": str(home)}))
        return started[-1]

    yield start
    for one in started:
        one.close()
    playwright.stop()


def sign_in(page, url):
    page.goto(f"{url}/window/")
    page.locator("#badge").fill("AJ001")
    page.locator("#secret").fill(SECRET)
    page.locator("#window").select_option("2")
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".console")).to_be_visible()


@pytest.mark.parametrize("host", ["127.0.0.1", NAME])
def test_a_clerk_signs_in_at_another_computer(door, browser, host):
    page = browser().new_context(locale="zh-CN").new_page()
    sign_in(page, f"https://{host}:{door.port}")
    cookies = {one["name"]: one for one in page.context.cookies()}
    assert set(cookies) == {"__Host-yichuang_session", "__Host-yichuang_device_AJ001"}
    assert all(one["secure"] and one["httpOnly"] and one["sameSite"] == "Strict" for one in cookies.values())
    taken = door.hall.join()
    expect(page.locator("body")).to_contain_text(taken["number"])


def test_a_board_shows_calls_at_another_computer(door, browser):
    page = browser().new_context(locale="zh-CN").new_page()
    links = door.ctl("board", "--config", door.hall.configuration)["links"]
    page.goto(next(link for link in links if link.startswith("https://127")))
    assert page.url == f"{door.url}/board/"
    expect(page.locator("body")).to_contain_text("安居镇便民服务中心")


def test_a_computer_that_is_not_enrolled_sees_the_browsers_warning(door, browser):
    page = browser(enrolled=False).new_page()
    with pytest.raises(Exception, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(f"{door.url}/window/")


def test_a_console_says_when_the_certificate_has_ended(door, browser):
    page = browser().new_context(locale="zh-CN").new_page()
    # Told once, while the page could ask; the time that was told comes before the connection goes.
    page.route("**/v1/door", lambda route: route.fulfill(json={"certificate_until": "2026-01-31T23:59:59+08:00"}))
    sign_in(page, door.url)
    expect(page.locator(".banner.stale")).to_have_count(0)
    door.shut()
    try:
        expect(page.locator(".banner.stale")).to_contain_text("证书已于")
        expect(page.locator(".banner.stale")).to_contain_text("请联系管理员")
    finally:
        door.open()
    expect(page.locator(".banner.stale")).to_have_count(0)


def test_a_console_that_merely_lost_the_line_does_not_blame_the_certificate(door, browser):
    page = browser().new_context(locale="zh-CN").new_page()
    sign_in(page, door.url)
    door.shut()
    try:
        expect(page.locator(".banner.stale")).to_contain_text("正在重新连接")
    finally:
        door.open()


def test_a_page_that_is_opened_while_the_daemon_starts_says_so_and_comes_by_itself(door, browser):
    page = browser().new_context(locale="zh-CN").new_page()
    door.hall.stop()
    try:
        page.goto(f"{door.url}/window/")
        expect(page.locator("h1")).to_have_text("系统正在恢复")
    finally:
        door.hall.start()
    expect(page.locator("#badge")).to_be_visible()
