"""Run in a network of its own (`unshare -n`): a board at another computer, in Chromium, while its link loses packets, has little bandwidth, and
is cut and restored. Checks that every call is shown. Prints the seconds that each took, and the most connections at a time."""

import json
import os
import pathlib
import sys
import tempfile
import time

from two_computers import HALL, Computer, connections
from playwright.sync_api import sync_playwright
from testkit.door import NAME, Door
from testkit.waiting import eventually
from trust import enrol

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
# Packet loss in both directions, as of a damaged cable or a crowded radio link.
THIRD_LOST = "numgen random mod 100 < 30"


class Board:
    def __init__(self, door, computer, home, playwright):
        self.door, self.hall, self.most = door, door.hall, 0
        self.seconds = {}
        self.clerk = self.hall.sign_in("AJ001", window=1)
        enrol(home, door.ca)
        program = home / "chromium"
        program.write_text(f'#!/bin/sh\nexec {" ".join(computer.there)} {CHROMIUM} "$@"\n')
        program.chmod(0o755)
        browser = playwright.chromium.launch(
            executable_path=str(program), args=["--no-sandbox", f"--host-resolver-rules=MAP {NAME} {HALL}"], env={**os.environ, "HOME": str(home)})
        self.page = browser.new_context(locale="zh-CN").new_page()
        token = door.ctl("board", "--config", door.hall.configuration)["own"].split("token=")[1]
        self.page.goto(f"https://{NAME}:{door.port}/board/enter?token={token}")
        eventually("the board is there", lambda: "安居镇便民服务中心" in self.page.content())

    def press(self, verb):
        return self.hall.ask("POST", f"/v1/windows/1/{verb}", {}, port=self.hall.hall, cookie=self.clerk)

    def call(self):
        """The next number is called, and the one before it has gone."""
        if self.seconds:
            self.press("miss")
        number = self.hall.join()["number"]
        self.press("calls")
        return number

    def sees(self, what, number, since):
        """Until the screen shows the number."""
        def shown():
            self.most = max(self.most, len(connections()))
            found = self.page.locator(".call .number")
            return found.count() and found.inner_text() == number

        eventually(f"{number} is on the screen: {what}", shown)
        self.seconds.setdefault(what, []).append(round(time.monotonic() - since, 1))


def main():
    with tempfile.TemporaryDirectory() as home, Computer() as computer, Door() as door, sync_playwright() as playwright:
        door.make_certificates()
        door.write()
        door.open()
        board = Board(door, computer, pathlib.Path(home), playwright)

        def call(what):
            board.sees(what, board.call(), time.monotonic())

        call("well")
        computer.drop(THIRD_LOST)
        for _ in range(3):
            call("three in ten are lost")
        lost = computer.drop_nothing()
        computer.narrow("64kbit")
        call("64 kbit a second")
        computer.widen()
        for _ in range(4):
            # Called while the cable is unplugged: shown once it is plugged in again.
            computer.plug(False)
            number = board.call()
            computer.plug(True)
            board.sees("in and out", number, time.monotonic())
        computer.plug(False)
        for _ in range(3):
            number = board.call()
        stale = board.page.locator(".banner.stale")
        eventually("the board says that it may be out of date", lambda: stale.count() and stale.is_visible())
        computer.plug(True)
        board.sees("out for long", number, time.monotonic())
        eventually("it says so no longer", lambda: not stale.count() or not stale.is_visible())
        missed = board.page.locator(".missed").first.inner_text()
        json.dump({"seconds": board.seconds, "connections": board.most, "lost": lost, "missed": missed}, sys.stdout)


main()
