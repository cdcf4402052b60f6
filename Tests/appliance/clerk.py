"""A clerk at a computer of the office, as opening day's tests need one: trusts the hall, changes the first secret, serves a visit."""

import pathlib
import subprocess

from playwright.sync_api import TimeoutError, expect
from testkit.waiting import eventually

OWN_SECRET = "榕树下的第三口井 2026"


def fingerprint(certificate):
    """SHA-256 of a certificate in a file (DER), as hexadecimal digits."""
    shown = subprocess.run(["openssl", "x509", "-inform", "der", "-in", certificate, "-noout", "-fingerprint", "-sha256"],
                           capture_output=True, text=True, check=True).stdout
    return shown.partition("=")[2].strip().replace(":", "")


def trust(home, certificate):
    """Puts the hall's certificate into the store of a browser with this home, as its owner does by hand."""
    store = pathlib.Path(home) / ".pki/nssdb"
    store.mkdir(parents=True)
    for words in (("-N", "--empty-password"), ("-A", "-n", "hall", "-t", "C,,", "-i", certificate)):
        subprocess.run(["certutil", "-d", f"sql:{store}", *words], check=True, capture_output=True)


class Clerk:
    """Signs in at a page, and does there what a clerk does."""

    # Milliseconds until a sign-in without an answer is tried again.
    PATIENCE = 60_000

    def __init__(self, page, hall):
        self.page, self.hall = page, hall

    def sign_in(self, badge, secret, window="1"):
        self.page.goto(f"https://{self.hall}:7443/window/")
        inside = self.page.locator("#first-title, .console")

        def signed_in():
            self.page.locator("#badge").fill(badge)
            self.page.locator("#secret").fill(secret)
            self.page.locator("#window").select_option(window)
            self.page.get_by_role("button", name="登录").click()
            try:
                inside.first.wait_for(timeout=self.PATIENCE)
            except TimeoutError:
                # The page's request timed out on a slow machine: pressed again, as people do.
                return False
            return True

        eventually("signed in", signed_in)

    def change_first_secret(self, secret=OWN_SECRET):
        """Changes the first secret, without which the page allows nothing else."""
        expect(self.page.locator("#first-title")).to_be_visible()
        self.page.locator("#secret-new").fill(secret)
        self.page.locator("#secret-again").fill(secret)
        self.page.locator("button[type=submit]").click()
        expect(self.page.locator(".console")).to_be_visible()

    def queue(self):
        return self.page.evaluate("fetch('/v1/queue').then(answer => answer.json())")["tickets"]

    def press(self, verb):
        button = self.page.locator(f'[data-verb="{verb}"]')
        expect(button).to_be_enabled()
        button.click()

    def serve(self, number):
        """Calls the next, who has to be `number`, serves and finishes. Returns the state of the slip in between."""
        def ticket():
            [one] = [one for one in self.queue() if one["number"] == number]
            return one

        self.press("main")
        expect(self.page.locator(".present .number")).to_have_text(number)
        assert ticket()["state"] == "called"
        self.press("serve")
        eventually("the resident is at the window", lambda: ticket()["state"] == "serving")
        slip = ticket()["slip"]
        self.press("finish")
        eventually("the visit is finished", lambda: number not in [one["number"] for one in self.queue()])
        return slip
