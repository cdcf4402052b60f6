"""A machine with the hall's own screen: the shipped units, a real X server on a card that there is not, a real Chromium."""

import base64
import json
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "service"))
from machine import Machine  # noqa: E402
from testkit.paths import RESULTS  # noqa: E402
from testkit.waiting import eventually  # noqa: E402

SCREEN, DISPLAY = "yichuang-screen.service", "yichuang-display.service"
FOLDER = "/run/yichuang-screen"

CARD = """Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5-1000
  VertRefresh 5-200
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual 1280 1024
  EndSubSection
EndSection
"""

# Faults of the page, started by a key: F8 loops for ever, F9 allocates memory, three GiB at most.
PLANTED = """
addEventListener("keydown", (event) => {
  if (event.key === "F8") for (;;);
  const taken = [];
  const take = () => {
    taken.push(new Uint8Array(64 << 20).fill(1));
    if (taken.length < 48) setTimeout(take, 20);
  };
  if (event.key === "F9") take();
});
"""


class ScreenMachine(Machine):
    """Its touch page has a fault that a key starts. The X server takes no key of a keyboard; those of tests come from a client."""

    def _install(self, configuration):
        super()._install(configuration)
        card = self.layer / "etc/X11/xorg.conf.d/card.conf"
        card.parent.mkdir(parents=True)
        card.write_text(CARD)
        page = self.layer / "usr/share/yichuang/Kiosk/touch/main.js"
        page.write_text(page.read_text() + PLANTED)

    def x(self, *words):
        """A client of the X server, as root, who may read the cookie."""
        return self.run("env", "DISPLAY=:0", "XAUTHORITY=/run/yichuang-display/cookie", *words)

    def title(self):
        """Of the window in front; empty while there is none."""
        found = re.search(r"0x[1-9a-f][0-9a-f]*", self.x("xprop", "-root", "_NET_ACTIVE_WINDOW").stdout)
        said = self.x("xprop", "-id", found[0], "_NET_WM_NAME").stdout if found else ""
        return said.partition(" = ")[2].strip()

    def windows(self):
        return re.findall(r"0x[0-9a-f]+", self.x("xprop", "-root", "_NET_CLIENT_LIST").stdout)

    def count(self):
        """Of the hall's page; None where another one is in front."""
        found = re.search(r" #(\d+)", self.title())
        return int(found[1]) if found else None

    def is_starting(self):
        return "#start " in self.title()

    def page_is_drawn(self):
        """Waits until the hall's page has counted on."""
        first = eventually("the hall's page is in front", self.count)
        return eventually("and is drawn", lambda: (now := self.count()) is not None and now != first and now)

    def key(self, *names):
        assert self.x("xdotool", "key", "--clearmodifiers", *names).returncode == 0

    def write_in(self, text):
        assert self.x("xdotool", "type", "--delay", "20", text).returncode == 0

    def picture(self, name):
        """Kept beside the results, to be looked at."""
        assert self.x("import", "-window", "root", "/run/picture.png").returncode == 0
        RESULTS.mkdir(parents=True, exist_ok=True)
        path = RESULTS / f"screen-{name}.png"
        path.write_bytes(base64.b64decode(self.run("base64", "/run/picture.png", check=True).stdout))
        return path

    def processes(self, kind):
        """The browser's processes of a kind; the browser itself is ""."""
        listed = self.run("pgrep", "-u", "yichuang-screen", "-a", "chromium").stdout.splitlines()
        rows = [(int(line.split()[0]), re.search(r"--type=([\w-]+)", line)) for line in listed if "crashpad" not in line.split()[1]]
        return [pid for pid, found in rows if (found[1] if found else "") == kind]

    def restarts(self):
        return int(self.property("NRestarts", SCREEN))

    def recovered(self, what, how, log=print):
        """Does `how`, waits until another browser shows the hall's page, and answers the seconds until then."""
        before, browser = self.restarts(), self.processes("")
        begun = time.monotonic()
        how()
        eventually(f"started anew after {what}", lambda: self.restarts() > before and set(self.processes("")).isdisjoint(browser))
        eventually("the hall's page", self.count)
        seconds = time.monotonic() - begun
        log(f"{what}: the page is back after {seconds:.1f} s")
        return seconds

    def ctl(self, *words):
        done = self.run("yichuangctl", *words, "--json")
        text = done.stdout or done.stderr
        try:
            return done.returncode, json.loads(text.splitlines()[-1])
        except (ValueError, IndexError):
            return done.returncode, {"sentence": text}
