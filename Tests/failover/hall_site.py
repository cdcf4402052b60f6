"""A hall of three computers in networks of their own, set up by the very commands of docs/OPERATING.md."""

import http.client
import json
import os
import pathlib
import re
import subprocess

import yaml
from testkit.client import CUT
from testkit.demo_hall import DemoHall
from testkit.networks import Switch
from testkit.paths import BUILT, DEMO, ROOT
from testkit.waiting import CEILING, eventually

OFFICE, DOOR, UPSTAIRS = "office", "door", "upstairs"
# As docs/OPERATING.md names the addresses, and as they are here.
ADDRESSES = {"192.168.1.10": "10.77.0.10", "192.168.1.11": "10.77.0.11", "192.168.1.12": "10.77.0.12"}
WORDS = pathlib.Path(__file__).resolve().parent / "words"


class SiteMachine(DemoHall):
    """A machine of the hall on a computer of its own; its kiosk's page and its windows' consoles run on it."""

    def __init__(self, name, computer, hosts):
        self.name, self.computer = name, computer
        super().__init__(state="/var/lib/yichuang", ports=(7310, 7311))
        self.environment = {
            **os.environ, "PATH": f"{WORDS}:/usr/sbin:/usr/bin:/sbin:/bin", "YICHUANG_BUILT": str(BUILT), "LC_ALL": "C.UTF-8",
            "SWIFT_BACKTRACE": "enable=no"}
        self.etc, self.state = computer.path("/etc/yichuang"), computer.path("/var/lib/yichuang")
        self.etc.mkdir()
        self.state.mkdir(mode=0o700)
        self.settings = self.configured(hosts)
        self.write(self.settings)

    def configured(self, hosts):
        settings = yaml.safe_load(DEMO.read_text())
        settings["files"] = {name: str(DEMO.parent / path) for name, path in settings["files"].items()}
        settings["listeners"] = {"kiosk": f"127.0.0.1:{self.kiosk}", "hall": f"127.0.0.1:{self.hall}"}
        settings["opening"] = {"always_open": True}
        for part in ("publicity", "readers"):
            settings.pop(part, None)
        settings["queue"] = dict.fromkeys(["kiosk_numbers_a_minute", "kiosk_notices_a_minute", "lane_numbers_a_minute"], 600)
        settings["kiosks"] = [
            {"id": f"kiosk-{n}", "name": f"{n}号取号机", "printer": "none", "machine": machine}
            for n, machine in enumerate((DOOR, UPSTAIRS), 1)]
        settings["shared"] = {"machine": self.name, "hosts": hosts}
        return settings

    def write(self, settings):
        (self.etc / "yichuang.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True))

    def run(self, line, check=True):
        """A line of the manual, as somebody types it on this computer."""
        done = subprocess.run([*self.computer.inside, "bash", "-c", line], env=self.environment, cwd=ROOT, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=CEILING)
        assert not check or done.returncode == 0, f"{self.name}: {line}: {done.returncode}\n{done.stdout}"
        return done

    def start(self):
        self.run("systemctl start yichuangd")
        return self

    def stop(self):
        self.run("systemctl stop yichuangd", check=False)

    def daemon(self):
        """The number of the daemon's process; nil where it is off."""
        return next((pid for pid, name in self.computer.processes().items() if name == "yichuangd"), None)

    def log_tail(self):
        return self.computer.path("/run/yichuangd.log").read_text(errors="replace")[-3000:]

    def connection(self, port, timeout=CEILING):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        connection._create_connection = self.computer.connect
        return connection

    def is_ready(self):
        try:
            return self.request(self.kiosk, "GET", "/readyz")[0] == 200
        except CUT:
            return False

    def head(self):
        """The digest of the newest record of its own copy, after a look at all of it."""
        done = self.run("yichuangctl verify --json", check=False)
        return json.loads(done.stdout).get("head") if done.returncode == 0 else None

    def faults(self):
        return {one["code"]: one for one in self.request(self.kiosk, "GET", "/v1/hall")[1]["faults"]}


class Site:
    """`run` takes the commands of a part of the manual to the computers that it names."""

    def __init__(self, hosts):
        self.switch = Switch()
        try:
            self.all = [SiteMachine(name, self.switch.computer(address), hosts)
                        for name, address in zip((OFFICE, DOOR, UPSTAIRS), ADDRESSES.values())]
        except BaseException:
            self.close()
            raise
        self.office, self.door, self.upstairs = self.all

    def machines_of(self, comment):
        """The machines that a comment of the manual names."""
        if "every machine" in comment:
            return self.all
        if "the machine with PostgreSQL" in comment or "any machine" in comment:
            return [self.office]
        name = re.search(r"the machine `(\w+)`", comment)
        assert name, f"no machine is named in: {comment}"
        return [one for one in self.all if one.name == name[1]]

    def begin(self):
        """The hall as it was before: the office alone, with a day and a number."""
        alone = {key: value for key, value in self.office.settings.items() if key != "shared"}
        for kiosk in alone["kiosks"]:
            kiosk = kiosk.pop("machine", None)
        self.office.write(alone)
        self.office.start()
        eventually("the office is ready", self.office.is_ready)
        assert self.office.take(kiosk="kiosk-1", lane="A")[0] == 201
        self.office.settings = self.office.configured(self.office.settings["shared"]["hosts"])
        self.office.write(self.office.settings)

    def follow(self, heading):
        """Types the block of commands behind a heading of the manual."""
        for comment, lines in manual(heading):
            for line in lines:
                for machine in self.machines_of(comment):
                    self.type(machine, line)

    def found(self, has_servers=False):
        """Profile P1, as the manual has it, for a hall of three; where it has servers already none is installed."""
        for comment, lines in manual("**Profile P1"):
            for line in lines:
                for machine in self.machines_of(comment) if not (has_servers and "apt install postgresql" in line) else []:
                    self.type(machine, line)
        for line in [line for comment, lines in manual("**Profile P1") for line in lines if "invite door" in line]:
            self.type(self.office, line.replace("door", UPSTAIRS))
        for line in [line for comment, lines in manual("**Profile P1") for line in lines if "`door`" in comment]:
            self.type(self.upstairs, line.replace("door", UPSTAIRS))
        self.office.run("yichuangctl day open --confirm")
        for machine in self.all:
            eventually(f"{machine.name} is ready", machine.is_ready)
        return self

    def type(self, machine, line):
        for documented, here in ADDRESSES.items():
            line = line.replace(documented, here)
        done = machine.run(line, check=False)
        if "psql" in line:
            # A server that was started before this line may still be starting.
            done = eventually(f"{line} is taken", lambda: (one := machine.run(line, check=False)).returncode == 0 and one)
        if "then this command once more" in done.stdout:
            machine.run("systemctl restart postgresql")
            done = machine.run(line, check=False)
        assert done.returncode == 0, f"{machine.name}: {line}: {done.returncode}\n{done.stdout}"
        return done.stdout

    def records(self):
        """The shared journal as the primary has it: sequence, body and digest."""
        for machine in (self.office, self.door):
            done = machine.run(
                "sudo -u postgres psql -d yichuang -X -q -A -t -c \"SELECT seq || ' ' || encode(body, 'hex') || ' ' || encode(digest, 'hex') "
                "FROM yc.records WHERE NOT pg_is_in_recovery() ORDER BY seq\"", check=False)
            rows = done.stdout.splitlines() if done.returncode == 0 else []
            if rows:
                return [(int(sequence), bytes.fromhex(body), bytes.fromhex(digest)) for sequence, body, digest in map(str.split, rows)]
        raise AssertionError(f"no primary: {done.stdout}")

    def close(self):
        self.switch.close()


def manual(heading, file="OPERATING.md"):
    """The commands of the first block of lines behind a heading of the manual: comments, each with the commands below it."""
    text = (ROOT / "docs" / file).read_text()
    assert heading in text, f"{file} has no {heading}"
    block, parts = re.search(r"\n\n((?:    .*\n)+)", text[text.index(heading):])[1], []
    for line in block.splitlines():
        line = line.strip()
        if line.startswith("#"):
            parts.append((line, []))
        elif line:
            parts[-1][1].append(re.sub(r"\s{2,}#.*$", "", line))
    return parts
