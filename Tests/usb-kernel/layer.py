"""What the machine has beyond this one's files: the hall, installed and filled in, and who it is."""

import os
import subprocess

from testkit.example_configuration import filled_in
from testkit.paths import BUILT, ROOT

# The scanner that types and that this hall names (Tests/readers has it too).
KEYBOARD = "0c2e:0901"
UNIT = "trial.target"
# What gives the backend its own profile below Debian's of cupsd.
CUPSD_RULE = "/usr/lib/cups/backend/yichuang-pos Px -> yichuang-pos,\n"
# Nothing of these is tried here, and some take minutes on a machine that is emulated too; what is there at the start stays as it is.
MASKED = ("systemd-udev-trigger.service", "systemd-modules-load.service", "systemd-hwdb-update.service",
          "systemd-journal-catalog-update.service", "ldconfig.service", "systemd-timesyncd.service", "systemd-binfmt.service",
          "systemd-firstboot.service", "systemd-random-seed.service", "systemd-journal-flush.service",
          "systemd-update-done.service")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def make(layer, modules, arguments):
    """Fills the folder `layer`; `modules` is the kernel's folder of modules, `arguments` are pytest's."""
    installed(layer, modules)
    trial(layer, f"{ROOT}/Tests/usb-kernel/guest /etc/trial")
    write(layer / "etc/trial/arguments", "".join(f"{word}\n" for word in arguments))


def installed(layer, modules):
    """The hall as it is installed, and what this machine is to be beside it."""
    done = subprocess.run([ROOT / "packaging/install", BUILT], env={**os.environ, "DESTDIR": str(layer)},
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    # Nobody prints here, so no queue is asked how it is.
    configuration = filled_in(7310, 7311, KEYBOARD)
    printer = "printer: {queue: kiosk-1, model: generic-80}"
    assert printer in configuration
    write(layer / "etc/yichuang/yichuang.yaml", configuration.replace(printer, "printer: none"))
    # As docs/OPERATING.md tells it for a hall with a scanner that types.
    rules = subprocess.run([BUILT / "yichuangctl", "devices", "rules", "--keyboard", KEYBOARD], capture_output=True,
                           text=True, env=os.environ | {"YICHUANG_SHARE": str(ROOT)})
    assert rules.returncode == 0, rules.stderr
    write(layer / "etc/udev/rules.d/60-yichuang-readers.rules", rules.stdout)
    profiles(layer)
    write(layer / "etc/machine-id", "0123456789abcdef0123456789abcdef\n")
    write(layer / "etc/fstab", "")
    (layer / "usr/lib/modules").mkdir(parents=True)
    (layer / "usr/lib/modules" / modules.name).symlink_to(modules)
    # /tmp is this machine's own: nobody empties it for us.
    (layer / "etc/tmpfiles.d").mkdir()
    (layer / "etc/tmpfiles.d/tmp.conf").symlink_to("/dev/null")
    units = layer / "etc/systemd/system"
    # An emulated processor is slower than any hall's; readiness and the watchdog are tried in Tests/service.
    write(units / "yichuangd.service.d/slow.conf", "[Service]\nWatchdogSec=0\nTimeoutStartSec=900\nTimeoutStopSec=300\n")
    for unit in MASKED:
        (units / unit).symlink_to("/dev/null")


def profiles(layer):
    """A developer's Swift lies elsewhere than a package's; the CUPS backend gets its own profile, as docs/OPERATING.md tells it."""
    listed = subprocess.run(["ldd", BUILT / "yichuangd"], capture_output=True, text=True, check=True).stdout
    folders = sorted({os.path.dirname(os.path.realpath(line.split()[2])) for line in listed.splitlines() if "/libswift" in line and "=> /" in line})
    for profile in ("yichuangd", "yichuang-readerd"):
        write(layer / "etc/apparmor.d/local" / profile, "".join(f"{folder}/** mr,\n" for folder in folders))
    write(layer / "etc/apparmor.d/local/usr.sbin.cupsd", CUPSD_RULE)
    # Here all of them are enforced, also those that a package only has note what they would deny.
    for profile in (layer / "etc/apparmor.d").glob("yichuang*"):
        profile.write_text(profile.read_text().replace(", complain)", ")"))


def trial(layer, command, wants=""):
    """The machine starts `command`, and units that it is to have beside it, and is switched off when the command ends."""
    units = layer / "etc/systemd/system"
    write(units / UNIT, f"[Unit]\nDescription=A machine on which the hall is tried\nWants=trial.service {wants}\n"
          "Requires=sysinit.target systemd-udevd.service systemd-journald.service\nAfter=sysinit.target\n")
    write(units / "trial.service", (
        "[Unit]\nDescription=The trial\nRequires=sysinit.target\nAfter=sysinit.target systemd-udevd.service\n"
        "FailureAction=poweroff-immediate\nSuccessAction=poweroff-immediate\n"
        "[Service]\nType=exec\nStandardOutput=file:/dev/ttyS0\nStandardError=file:/dev/ttyS0\n"
        f"ExecStart={command}\n"))
