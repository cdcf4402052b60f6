"""A hall of several machines: real daemons with folders and ports of their own, and one PostgreSQL. Needs PyYAML."""

from concurrent.futures import ThreadPoolExecutor
import json
import os
import pathlib
import shutil
import subprocess

import yaml

from .client import CUT
from .hall import Hall
from .paths import BUILT
from .private_postgres import PrivatePostgres
from .waiting import CEILING


class Machine(Hall):
    """One machine of a hall; it is started by `start`, once it has founded or joined. `inside` are the words before each program, as those
    that enter a network."""

    def __init__(self, name, names, postgres, change=None, environment=None, inside=()):
        self.name, self.is_set_up, self.inside = name, False, list(inside)
        self.postgres = postgres

        def configure(settings):
            settings["kiosks"] = [
                {"id": f"kiosk-{n}", "name": f"{n}号取号机", "printer": "none", "machine": machine}
                for n, machine in enumerate(names, 1)]
            settings["opening"] = {"always_open": True}
            settings.pop("readers", None)
            settings["shared"] = {
                "machine": name, "hosts": list(postgres.hosts),
                "folder": str(pathlib.Path(self.folder.name) / "shared")}
            if change:
                change(settings)

        super().__init__(configure=configure, environment=environment)
        self.is_set_up = True

    def change(self, change, file=None):
        """Changes its configuration, or writes the changed one elsewhere; gives the file."""
        settings = yaml.safe_load(self.configuration.read_text())
        change(settings)
        file = file or self.configuration
        file.write_text(yaml.safe_dump(settings, allow_unicode=True))
        return file

    def copied(self, names, environment=None):
        """Another machine with the contents of this one's disk; this one has to be stopped."""
        copy = Machine(self.name, names, self.postgres, environment=environment)
        shared = pathlib.Path(copy.folder.name) / "shared"
        shutil.copytree(self.state, copy.state, dirs_exist_ok=True)
        shutil.copytree(pathlib.Path(self.folder.name) / "shared", shared)
        self.change(lambda settings: (
            settings.update(listeners={"kiosk": f"127.0.0.1:{copy.kiosk}", "hall": f"127.0.0.1:{copy.hall}"}),
            settings["shared"].update(folder=str(shared))), copy.configuration)
        return copy

    def start(self):
        return super().start() if self.is_set_up else self

    def is_ready(self):
        """Whether it answers; a machine that is cut off, or follows and decides nothing, answers too."""
        return super().is_ready() or self.is_up()

    def ctl(self, *words, config=True):
        """What the operator's tool says: its status and its answer."""
        command = [*self.inside, str(BUILT / "yichuangctl"), *map(str, words), "--state", str(self.state), "--json"]
        if config:
            command += ["--config", str(self.configuration)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=CEILING, env={**os.environ, "LC_ALL": "C.UTF-8"})
        answer = json.loads(done.stdout) if done.stdout.startswith("{") else {"sentence": done.stdout + done.stderr}
        return done.returncode, answer

    def admin(self, *words):
        """The same for what only the administrator of PostgreSQL may do."""
        return self.ctl("shared", *words, "--socket", self.postgres.socket, "--port", self.postgres.port,
                        "--superuser", self.postgres.user)

    def is_up(self):
        """Whether it answers, also while it is cut off."""
        try:
            return self.request(self.kiosk, "GET", "/healthz")[0] == 200
        except CUT:
            return False


class Machines:
    """A hall of machines with these names; the first one founds. `postgres` is another server than one of its own, `planted` names mistakes
    of the machines (`YICHUANG_TEST_SHARED`) that a test has to find."""

    def __init__(self, *names, postgres=None, planted=None):
        self.postgres = postgres or PrivatePostgres()
        self.all = []
        try:
            self.all = [Machine(name, names, self.postgres, environment=self.mistake((planted or {}).get(name))) for name in names]
        except BaseException:
            self.close()
            raise

    def __getitem__(self, index):
        return self.all[index]

    @staticmethod
    def mistake(name):
        return {"YICHUANG_TEST_SHARED": name} if name else None

    def found(self):
        self.answer(self[0].admin("found"))
        self[0].start()

    def join(self, machine):
        file = pathlib.Path(machine.folder.name) / "join.json"
        self.answer(self[0].admin("invite", machine.name, file))
        self.answer(machine.ctl("shared", "join", file))
        file.unlink()
        return machine.start()

    def open(self):
        """The first founds, the others join at the same time, and all run."""
        self.found()
        with ThreadPoolExecutor() as pool:
            list(pool.map(self.join, self.all[1:]))
        return self

    @staticmethod
    def answer(given):
        status, answer = given
        assert status == 0, answer
        return answer

    def records(self):
        """The shared journal as it is in the database: sequence, body and digest."""
        rows = self.postgres.sql("SELECT seq || ' ' || encode(body, 'hex') || ' ' || encode(digest, 'hex') FROM yc.records ORDER BY seq")
        return [(int(sequence), bytes.fromhex(body), bytes.fromhex(digest)) for sequence, body, digest in map(str.split, rows)]

    def close(self):
        for machine in self.all:
            machine.close()
        self.postgres.close()
