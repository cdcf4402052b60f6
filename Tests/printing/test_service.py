"""The shipped cupsd configuration is accepted by the real cupsd, and its directives hold."""
import os
import pathlib
import stat
import subprocess

import pytest

from conftest import BACKEND, ROOT, ShippedCUPS
from testkit.waiting import eventually


def lpadmin(cups, queue, uri, *options):
    return subprocess.run(
        ["lpadmin", "-h", cups.socket, "-p", queue, "-E", "-v", uri, "-m", "raw", *options], capture_output=True, text=True)


def uri(printer):
    return f"yichuang-pos://127.0.0.1:{printer.port}/?model=generic-80&status=realtime&completion=echo&wait=1&confirm=20"


# 24 black rows and the cut.
SLIP = b"\x1b@\x1dv0\x00\x48\x00\x18\x00" + b"\xff" * (72 * 24) + b"\x1dVB\x00"


def send(cups, queue, data=SLIP, title="slip:TEST:1"):
    subprocess.run(["lp", "-h", cups.socket, "-d", queue, "-t", title, "-o", "raw"], input=data, check=True,
                   capture_output=True)


def over(cups, queue):
    return not subprocess.run(
        ["lpstat", "-h", cups.socket, "-o", queue], capture_output=True, text=True, check=True).stdout.strip()


def spooled(cups, kind):
    return [path.name for path in pathlib.Path(cups.folder, "spool").iterdir() if path.name.startswith(kind)]


def test_cupsd_accepts_the_files_as_they_are():
    done = subprocess.run(
        ["/usr/sbin/cupsd", "-t", "-c", str(ROOT / "packaging/cups/cupsd.conf"), "-s",
         str(ROOT / "packaging/cups/cups-files.conf")], capture_output=True, text=True,
        # It would also judge the folder for temporary files of whoever runs the tests.
        env={name: value for name, value in os.environ.items() if name != "TMPDIR"})
    assert done.returncode == 0, done.stderr
    said = (done.stdout + done.stderr).splitlines()
    # cupsd also only mentions what it does not know.
    assert sorted(line.rsplit(" ", 2)[-1] for line in said) == ["OK.", "OK."], said


def test_a_directive_that_cupsd_does_not_know_is_found(tmp_path):
    text = (ROOT / "packaging/cups/cupsd.conf").read_text().replace("MaxJobTime 120", "MaxJobbTime 120")
    (tmp_path / "cupsd.conf").write_text(text)
    done = subprocess.run(
        ["/usr/sbin/cupsd", "-t", "-c", str(tmp_path / "cupsd.conf"), "-s",
         str(ROOT / "packaging/cups/cups-files.conf")], capture_output=True, text=True)
    assert done.returncode != 0 or "MaxJobbTime" in done.stdout + done.stderr


def test_every_directive_says_why():
    for name in ("cupsd.conf", "cups-files.conf"):
        lines = (ROOT / "packaging/cups" / name).read_text().splitlines()
        told = False
        for line in lines:
            if line.startswith("#"):
                told = True
            elif not line.strip():
                told = False
            elif line[0].isalpha() and not line.startswith("DefaultAuthType"):
                assert told, f"{name}: {line}"


def test_no_port_is_opened_and_no_page_is_served(cups):
    sockets = {os.readlink(link) for link in pathlib.Path(f"/proc/{cups._pid}/fd").iterdir()}
    inodes = {link[8:-1] for link in sockets if link.startswith("socket:[")}
    listening = [
        line.split() for table in ("tcp", "tcp6") for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    assert not [row for row in listening if row[3] == "0A" and row[9] in inodes]
    page = subprocess.run(
        ["curl", "-s", "--unix-socket", cups.socket, "http://localhost/printers/"], capture_output=True, text=True).stdout
    assert "disabled" in page.lower() or "forbidden" in page.lower(), page


def test_a_queue_made_without_a_word_about_it_aborts_and_is_not_shared(cups, printer):
    assert lpadmin(cups, "plain", uri(printer)).returncode == 0
    plain = cups.written("plain")
    assert plain["ErrorPolicy"] == "abort-job" and plain["Shared"] == "No"


def test_the_backend_runs_with_the_claims_folder_and_nothing_of_a_slip_stays(own_cups, printer):
    assert lpadmin(own_cups, "slips", uri(printer)).returncode == 0
    send(own_cups, "slips")
    eventually("the job is over", lambda: over(own_cups, "slips"))
    assert printer.since(0, "cut"), "a slip came out"
    claims = sorted(path.suffix for path in pathlib.Path(own_cups.claims).iterdir())
    assert claims == [".claim", ".done"]
    assert not spooled(own_cups, "d"), "the document is gone"
    assert spooled(own_cups, "c"), "what became of the job can still be asked"


def test_job_files_do_stay_without_the_directive(printer):
    with ShippedCUPS(("PreserveJobFiles No", "PreserveJobFiles Yes")) as cups:
        assert lpadmin(cups, "slips", uri(printer)).returncode == 0
        send(cups, "slips")
        eventually("the job is over", lambda: over(cups, "slips"))
        assert spooled(cups, "d")


def test_logs_name_no_slip(own_cups, printer):
    assert lpadmin(own_cups, "slips", uri(printer)).returncode == 0
    send(own_cups, "slips", title="slip:4T7Q2M9K1XWC:1")
    eventually("the job is over", lambda: over(own_cups, "slips"))
    own_cups.stop()
    for log in pathlib.Path(own_cups.folder, "log").iterdir():
        assert "4T7Q2M9K1XWC" not in log.read_text(errors="replace"), log.name


def test_a_job_is_on_the_disk_when_it_is_announced(own_cups, printer):
    assert lpadmin(own_cups, "slips", uri(printer)).returncode == 0
    printer.tell("cover open")
    send(own_cups, "slips")
    own_cups.kill()
    assert spooled(own_cups, "c"), "DirtyCleanInterval 0"
    assert "slips" in pathlib.Path(own_cups.folder, "etc/printers.conf").read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="files are given to root")
def test_install_printing_puts_everything_in_its_place(tmp_path):
    environment = os.environ | {"DESTDIR": str(tmp_path)}
    for _ in range(2):
        subprocess.run([ROOT / "packaging/install-printing", str(BACKEND)], env=environment, check=True, capture_output=True)
    backend = tmp_path / "usr/lib/cups/backend/yichuang-pos"
    status = backend.stat()
    assert stat.S_IMODE(status.st_mode) == 0o755 and status.st_uid == 0 and status.st_gid == 0
    for name in ("cupsd.conf", "cups-files.conf"):
        installed = tmp_path / "etc/cups/yichuang" / name
        assert installed.read_bytes() == (ROOT / "packaging/cups" / name).read_bytes()
    dropin = (tmp_path / "usr/lib/systemd/system/cups.service.d/yichuang.conf").read_text()
    for word in dropin.split():
        if word.startswith("/etc/cups/"):
            assert (tmp_path / word[1:]).is_file(), word
    subprocess.run([ROOT / "packaging/install-printing", "--remove"], env=environment, check=True, capture_output=True)
    assert not backend.exists() and not (tmp_path / "etc/cups/yichuang").exists()


def test_install_printing_without_a_backend_says_what_to_build(tmp_path):
    done = subprocess.run(
        [ROOT / "packaging/install-printing", str(tmp_path / "nowhere")], capture_output=True, text=True,
        env=os.environ | {"DESTDIR": str(tmp_path)})
    assert done.returncode == 1 and "swift build" in done.stderr
