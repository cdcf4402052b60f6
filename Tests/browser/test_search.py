"""The search on the kiosk: at once, the same as the hall's own, and two items of one set of initials told apart."""

import random

import pytest
from playwright.sync_api import expect

from people import PORTRAIT, SMALL, Resident


def hits(page):
    """What the screen lists: names with their departments, in order."""
    return page.locator(".items .chip").evaluate_all(
        "all => all.map(one => [one.children[0].textContent, one.children[1].textContent])")


def queries(hall):
    """What residents may type: pieces of names, of full pinyin, of initials, whole and half."""
    table = hall.get("/v1/search")
    random.seed(7)
    asked = ["", " ", "。", "zz", "ＪＺＺ", "sh", "shbz", "lü", "RS-004", "rs", "yanglaob"]
    for item in table["items"]:
        asked += [paper for paper in item["papers"]] + [paper[:-1] for paper in item["papers"]]
        for name in item["names"]:
            readings = [(table["readings"].get(one) or [one])[0] for one in name]
            start = random.randrange(max(1, len(name) - 3))
            asked += [
                name, name[start:start + 3], "".join(readings)[:20], "".join(one[0] for one in readings),
                "".join(readings[start:start + 4])[:-1], "".join(one[0] for one in readings[start:]),
            ]
    return asked


def test_the_page_finds_what_the_hall_finds(hall, people):
    page = people.page(PORTRAIT)
    Resident(page, hall)
    found = page.evaluate(
        """async queries => {
          const { Finder } = await import("/touch/finder.js");
          const finder = new Finder(await (await fetch("/v1/search")).json());
          return queries.map(query => finder.find(query.slice(0, 30)));
        }""", queries(hall))
    from urllib.parse import quote
    for query, codes in zip(queries(hall), found):
        answer = hall.get(f"/v1/items?q={quote(query[:30])}")
        assert codes == [one["code"] for one in answer["items"]], query


def test_colliding_initials_are_listed_with_their_departments(hall, people, picture):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    resident.press("查找事项")
    # 城乡居民基本医疗保险参保登记 and 城乡居民基本养老保险参保登记 have these initials both.
    for letter in "CXJMJBYLBXCBDJ":
        page.get_by_role("button", name=letter, exact=True).click()
    assert sorted(hits(page)) == [
        ["城乡居民基本养老保险参保登记", "社会保险"], ["城乡居民基本医疗保险参保登记", "医疗保障"],
    ]
    picture(page, "touch-search-collision")


@pytest.mark.parametrize("typed, name", [
    ("合作医疗", "城乡居民基本医疗保险参保登记"), ("准生证", "生育服务证登记（生育登记服务）"), ("户口本", "居民身份证换领"),
    ("hukouben", "居民身份证换领"), ("残疾证", "残疾人证新办"), ("五保", "特困人员救助供养申请"),
])
def test_what_residents_call_it_finds_the_item(hall, people, typed, name):
    page = people.page(PORTRAIT)
    resident = Resident(page, hall)
    resident.press("查找事项")
    page.locator("#query").fill(typed)
    expect(page.locator(".items .chip").first).to_be_visible()
    assert name in [hit[0] for hit in hits(page)]


def test_the_search_asks_nobody_while_somebody_types(hall, people):
    page = people.page(SMALL)
    resident = Resident(page, hall)
    resident.press("查找事项")
    asked = []
    page.on("request", lambda sent: asked.append(sent.url))
    for letter in "SHBZK":
        page.get_by_role("button", name=letter, exact=True).click()
    expect(page.locator(".items .chip").first).to_contain_text("社会保障卡")
    assert [url for url in asked if "/v1/" in url] == []
