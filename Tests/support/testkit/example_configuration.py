"""The example configuration, filled in as an operator would."""

import re

from .paths import DEMO, ROOT

BOARD_TOKEN = "0123456789abcdef0123456789abcdef"


def filled_in(kiosk_port, hall_port, keyboard=None):
    """packaging/yichuang.yaml.example with the demo's staff, open at every hour, on these ports; `keyboard`: a scanner that types."""
    text = (ROOT / "packaging/yichuang.yaml.example").read_text()
    demo = DEMO.read_text()
    hashes = dict(re.findall(r"badge: (\w+)\n(?:.*\n)*?.*secret_hash: (\S+)", demo))
    for badge in ("AJ001", "AJ100"):
        text = re.sub(rf"(badge: {badge},.*secret_hash: )'CHANGE-ME'", lambda found: found[1] + f"'{hashes[badge]}'", text)
    for old, new in (("CHANGE-ME-CHANGE-ME", BOARD_TOKEN), ("always_open: false", "always_open: true"),
                     ("#readers:\n#  keyboards:", "readers:\n  keyboards:"), ("'0c2e:0901'", f"'{keyboard or '0c2e:0901'}'"),
                     ("127.0.0.1:7310", f"127.0.0.1:{kiosk_port}"), ("127.0.0.1:7311", f"127.0.0.1:{hall_port}")):
        assert old in text, old
        text = text.replace(old, new)
    assert "CHANGE-ME" not in text
    return text
