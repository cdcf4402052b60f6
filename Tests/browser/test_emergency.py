"""A silent call for help: two keys twice at one console, a band at the others, nothing where residents look."""

from playwright.sync_api import expect

from people import Clerk


def raise_call(page):
    """Control and Alt together, twice within a second."""
    for _ in range(2):
        page.keyboard.down("Control")
        page.keyboard.down("Alt")
        page.keyboard.up("Alt")
        page.keyboard.up("Control")


def test_a_silent_call_is_seen_by_the_others_and_by_nobody_else(hall, people, picture):
    raiser = Clerk(people.page(), hall)
    other = Clerk(people.page(), hall, badge="AJ002", window=2)
    before = raiser.page.locator("main").inner_text()
    raise_call(raiser.page)
    expect(other.page.locator(".emergency .call")).to_contain_text("1 号窗口需要帮助")
    expect(raiser.page.locator(".emergency .dot")).to_be_visible()
    expect(raiser.page.locator(".emergency .call")).to_have_count(0)
    assert raiser.page.locator("main").inner_text() == before
    picture(other.page, "window-emergency")
    # Nothing of the console is under the band, its keys among it.
    bottom = other.page.locator(".emergency").bounding_box()["height"]
    assert other.page.locator("header.bar").bounding_box()["y"] >= bottom
    assert other.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    picture(raiser.page, "window-emergency-own")
    other.page.get_by_role("button", name="我去", exact=True).click()
    expect(other.page.locator(".emergency .call")).to_contain_text("AJ002 已经去了")
    # It is there after a reload, and anybody ends it.
    other.page.reload()
    expect(other.page.locator(".emergency .call")).to_contain_text("AJ002 已经去了")
    other.page.locator(".emergency").get_by_role("button", name="结束", exact=True).click()
    expect(other.page.locator(".emergency .call")).to_have_count(0)
    expect(raiser.page.locator(".emergency .dot")).to_have_count(0)


def test_one_chord_raises_nothing(hall, people):
    raiser = Clerk(people.page(), hall)
    other = Clerk(people.page(), hall, badge="AJ002", window=2)
    raiser.page.keyboard.press("Control+Alt")
    raiser.page.keyboard.press("Control+c")
    raise_call(other.page)
    # The one that was meant is there, and alone.
    expect(raiser.page.locator(".emergency .call")).to_contain_text("2 号窗口需要帮助")
    expect(other.page.locator(".emergency .call")).to_have_count(0)


def test_a_silent_call_in_the_strip_leaves_its_verbs_free(hall, people, picture):
    raiser = Clerk(people.page(), hall, badge="AJ002", window=2)
    hall.join()
    strip = Clerk(people.page({"width": 420, "height": 160}), hall, strip=True)
    raise_call(raiser.page)
    band = strip.page.locator(".emergency .call")
    expect(band).to_contain_text("2 号窗口需要帮助")
    picture(strip.page, "strip-emergency")
    for name in ("我去", "结束", "误报"):
        box = band.get_by_role("button", name=name, exact=True).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 420, name
    strip.press("main")
    expect(strip.page.locator(".stripe .number")).to_have_text("A001")
    # Raised here, it shows the dot alone.
    band.get_by_role("button", name="结束", exact=True).click()
    expect(band).to_have_count(0)
    raise_call(strip.page)
    expect(raiser.page.locator(".emergency .call")).to_contain_text("1 号窗口需要帮助")
    expect(strip.page.locator(".emergency .dot")).to_be_visible()
