"""Certificates: renewal, the end of one, other sites, computers that have one and lose it."""

import datetime
import json
import re
import ssl
import subprocess
import threading

import pytest
from testkit.door import NAME
from testkit.paths import BUILT
from testkit.waiting import eventually


def serial(door):
    pem = ssl.get_server_certificate(("127.0.0.1", door.port))
    return subprocess.run(["openssl", "x509", "-noout", "-serial"], input=pem, capture_output=True, text=True, check=True).stdout


class Feed:
    """A board's feed through the door, received by curl."""

    def __init__(self, door):
        token = door.ctl("board", "--config", door.hall.configuration)["own"].split("token=")[1]
        jar = door.here / "jar"
        assert door.status(f"/board/enter?token={token}", "-c", str(jar)) == 303
        self.heard = ""
        self.process = subprocess.Popen(["curl", "-sSN", "--cacert", str(door.ca), "-b", str(jar), f"{door.url}/v1/feed/public"],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        threading.Thread(target=self.listen, daemon=True).start()
        eventually("the feed begins", lambda: "event: snapshot" in self.heard)

    def listen(self):
        for line in self.process.stdout:
            self.heard += line

    def end(self):
        self.process.kill()
        self.process.wait()


def test_making_them_again_changes_nothing(own_door):
    door = own_door()
    before = {file.name: file.read_bytes() for file in door.tls.iterdir() if file.is_file()}
    again = door.make_certificates()
    assert again["days_left"] == 395 and again["hosts"] == ["127.0.0.1", NAME]
    assert {file.name: file.read_bytes() for file in door.tls.iterdir() if file.is_file()} == before
    assert door.ctl("tls", "renew", "--tls", door.tls, "--config", door.hall.configuration)["sentence"].startswith("nothing to do")
    assert not [file for file in door.tls.iterdir() if file.name.startswith("work.") or file.name.endswith(".new")]
    assert door.write()["changed"] and not door.write()["changed"]


def test_a_name_that_is_another_machines_in_this_network_is_not_taken(own_door):
    door = own_door()
    tls, names = door.here / "other-tls", door.here / "hosts"
    names.write_text("127.0.0.1 localhost\n192.0.2.9 hall-1.local\n192.0.2.7 hall-2.local\n")

    def made(name):
        words = ["tls", "init", "--tls", tls, "--address", "192.0.2.7", "--name", name, "--json"]
        return json.loads(subprocess.run(
            ["unshare", "-m", "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', names, BUILT / "yichuangctl", *words],
            capture_output=True, text=True).stdout)

    answer = made("hall-1.local")
    assert not answer["ok"] and "hall-1.local is 192.0.2.9 in this network" in answer["sentence"]
    assert not tls.exists() or not any(tls.iterdir())
    # The machine's own, and one that nobody knows.
    assert made("hall-2.local")["ok"]
    names.write_text("127.0.0.1 localhost\n192.0.2.9 hall-2.local\n")
    assert made("hall-2.local")["ok"], "what is there stays"


def test_a_renewal_ends_no_feed(own_door):
    door = own_door()
    door.write()
    door.open()
    feed = Feed(door)
    before = serial(door)
    door.ctl("tls", "renew", "--force", "--tls", door.tls, "--config", door.hall.configuration)
    assert door.write()["changed"]
    door.reload()
    eventually("the new certificate is shown", lambda: serial(door) != before)
    assert door.status("/healthz") == 200
    taken = door.hall.join()
    eventually("the old feed hears what is new", lambda: taken["number"] in feed.heard)
    assert feed.process.poll() is None
    feed.end()


def test_the_authority_speaks_for_no_other_site(own_door, tmp_path):
    door = own_door()
    refused = door.ctl("tls", "init", "--tls", door.tls, "--address", "192.168.1.99", check=False)
    assert refused["status"] == 1 and "--new-authority" in refused["sentence"]
    assert door.ctl("tls", "show", "--tls", door.tls)["hosts"] == ["127.0.0.1", NAME]
    # A certificate for another site is not trusted, although it is made with the authority's key.
    run = lambda *words: subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, text=True)  # noqa: E731
    run("req", "-newkey", "rsa:2048", "-noenc", "-keyout", tmp_path / "k", "-out", tmp_path / "r", "-subj", "/CN=bank")
    for names, good in (("DNS:bank.example", False), ("IP:10.0.0.1", False), ("IP:fd00::1", False), (f"DNS:{NAME}", True)):
        (tmp_path / "x").write_text(f"subjectAltName={names}\n")
        run("x509", "-req", "-in", tmp_path / "r", "-CA", door.ca, "-CAkey", door.tls / "ca.key", "-days", "9", "-extfile", tmp_path / "x", "-out", tmp_path / "c")
        done = subprocess.run(["openssl", "verify", "-CAfile", door.ca, tmp_path / "c"], capture_output=True, text=True)
        assert (done.returncode == 0) == good, (names, done.stdout + done.stderr)


def expire(door, ends):
    """Replaces the hall's certificate by one that ends on that day; returns what openssl prints about it."""
    config = door.here / "past.cnf"
    config.write_text("[ca]\ndefault_ca=o\n[o]\ndatabase=%(d)s/index\nnew_certs_dir=%(d)s\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n[x]\n"
                      "subjectAltName=IP:127.0.0.1,DNS:%(n)s\n" % {"d": door.here, "n": NAME})
    (door.here / "index").write_text("")
    run = lambda *words: subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)  # noqa: E731
    run("req", "-new", "-key", door.tls / "hall.key", "-subj", "/CN=x", "-out", door.here / "past.csr")
    run("ca", "-batch", "-notext", "-config", config, "-extensions", "x", "-cert", door.ca, "-keyfile", door.tls / "ca.key",
        "-in", door.here / "past.csr", "-startdate", "20200101000000Z", "-enddate", ends, "-out", door.tls / "hall.crt")


def test_a_certificate_that_has_ended_is_said_everywhere_and_renewed(own_door):
    door = own_door()
    expire(door, "20200201000000Z")
    door.write()
    door.open()
    done = door.curl("/healthz", check=False)
    assert done.returncode == 60 and "expired" in done.stderr
    # The daemon reports it at its own port after its next check, which is its first here.
    door.hall.stop()
    door.hall.start()
    eventually("the fault", lambda: "certificate_ends" in json.dumps(door.hall.get("/v1/hall")["faults"]))
    told = door.hall.request(door.hall.hall, "GET", "/v1/door")[1]
    assert told["certificate_until"].startswith("2020-02-01T08:00:00")
    shown = door.ctl("tls", "show", "--tls", door.tls)
    assert shown["days_left"] < 0
    renewed = door.ctl("tls", "renew", "--tls", door.tls, "--config", door.hall.configuration)
    assert renewed["days_left"] == 395
    door.write()
    door.reload()
    eventually("it is good again", lambda: door.curl("/healthz", check=False).returncode == 0)


def test_a_renewal_is_due_at_120_days(own_door):
    door = own_door()
    expire(door, "20991231000000Z")
    assert door.ctl("tls", "renew", "--tls", door.tls, "--config", door.hall.configuration)["sentence"].startswith("nothing to do")
    soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=119)
    expire(door, soon.strftime("%Y%m%d%H%M%SZ"))
    assert door.ctl("tls", "renew", "--tls", door.tls, "--config", door.hall.configuration)["days_left"] == 395


def test_a_key_that_is_not_the_certificates_is_replaced(own_door):
    door = own_door()
    subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", door.tls / "hall.key"], check=True, capture_output=True)
    assert door.ctl("door", "write", "--tls", door.tls, "--config", door.hall.configuration, check=False)["status"] == 1
    door.ctl("tls", "renew", "--tls", door.tls, "--config", door.hall.configuration)
    door.write()
    assert door.open().status("/healthz") == 200


class Computer:
    """A computer that imported its PKCS#12 file."""

    def __init__(self, door, name):
        self.door, self.name = door, name
        issued = door.ctl("tls", "client", "issue", name, "--tls", door.tls, "--out", door.here / f"{name}.p12")
        assert re.fullmatch(r"[A-Z2-9]{20}", issued["passphrase"])
        self.pem = door.here / f"{name}.pem"
        subprocess.run(["openssl", "pkcs12", "-in", issued["file"], "-passin", f"pass:{issued['passphrase']}", "-noenc", "-out", self.pem], check=True, capture_output=True)

    def status(self):
        return self.door.status("/v1/hall", "--cert", str(self.pem))


def test_computers_are_let_in_and_a_lost_one_is_refused(own_door):
    door = own_door(client_certificates=True)
    refused = door.ctl("door", "write", "--tls", door.tls, "--config", door.hall.configuration, check=False)
    assert refused["status"] == 1 and "tls client issue" in refused["sentence"]
    kept, lost = Computer(door, "window-1"), Computer(door, "window-2")
    door.write()
    door.open()
    assert (kept.status(), lost.status()) == (200, 200)
    answer = door.curl("/v1/hall", "-i").stdout
    assert " 403" in answer.splitlines()[0] and "这台电脑没有登记" in answer
    # A certificate of the hall's other authority is none of a computer's.
    assert door.status("/v1/hall", "--cert", str(door.tls / "hall.crt"), "--key", str(door.tls / "hall.key")) == 403
    again = door.ctl("tls", "client", "issue", "window-1", "--tls", door.tls, "--out", door.here / "again.p12", check=False)
    assert again["status"] == 1
    revoked = door.ctl("tls", "client", "revoke", "window-2", "--tls", door.tls, "--config", door.hall.configuration)
    assert revoked["in_force"]
    listed = door.ctl("tls", "client", "list", "--tls", door.tls)["clients"]
    assert [(one["name"], one["revoked"]) for one in listed] == [("window-1", False), ("window-2", True)]
    door.write()
    door.shut()
    door.open()
    assert (kept.status(), lost.status()) == (200, 403)
    (door.here / "window-2.p12").unlink()
    # The name is free for the computer that replaces it.
    assert Computer(door, "window-2").status() == 200


@pytest.mark.parametrize("name", ["", "a b", "../x", "-x", "x" * 41, "a/b", "窗口"])
def test_a_name_that_could_be_a_path_is_refused(tmp_path, name):
    done = subprocess.run([BUILT / "yichuangctl", "tls", "client", "issue", "--tls", tmp_path / "tls", "--", name], capture_output=True, text=True)
    assert done.returncode == 64 and not list(tmp_path.iterdir())


def test_files_that_nginx_does_not_take_leave_the_open_door_as_it_is(own_door):
    door = own_door(client_certificates=True)
    door.ctl("tls", "client", "issue", "window-1", "--tls", door.tls, "--out", door.here / "window-1.p12")
    door.write()
    door.open()
    before = {file.name: file.read_bytes() for file in (door.here / "door").iterdir()}
    revoked = (door.tls / "clients.crl").read_bytes()
    (door.tls / "clients.crl").write_bytes(b"-----BEGIN X509 CRL-----\nnothing\n-----END X509 CRL-----\n")
    told = door.ctl("door", "write", "--tls", door.tls, "--config", door.hall.configuration, "--run", door.here / "run", check=False)
    assert not told["ok"] and "nginx does not take the new files" in told["sentence"] and "/trial" not in told["sentence"], told
    assert "clients.crl" in told["sentence"] and "原来的照用" in told["chinese"]
    assert {file.name: file.read_bytes() for file in (door.here / "door").iterdir()} == before
    door.reload()
    assert door.status("/window/", check=False) == 403
    (door.tls / "clients.crl").write_bytes(revoked)
    assert not door.write()["changed"]
