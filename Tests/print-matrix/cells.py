"""The cells of the matrix: the point at which a fault is injected, the fault, and the state that the hall must report."""

from testkit.waiting import eventually

MOMENTS = ("before prepare", "after prepare", "mid-data", "after data", "after echo")
FAULTS = ("daemon killed", "cupsd TERM", "cupsd KILL", "printer reset", "stall", "paper out", "cover", "power cycle")

# Bytes of a slip that the printer takes before it stands still in mid-data, and rows that it burns before it stands
# still with the whole slip in its buffer. A ticket's slip is longer than both.
MID_BYTES, MID_ROWS = 20_000, 200

# What the slip's state must be when the fault has done its work and nothing is repaired yet but what a service manager
# starts again (the daemon, cupsd). One word a cell: the hall is not free to choose.
PRINTED, NOT_SENT, UNKNOWN = ("printed",), ("not_sent",), ("unknown",)
# The exception is a race: cupsd kills its backends when it ends, and this one may or may not have recorded the echo.
HEARD_OR_NOT = PRINTED + UNKNOWN
EXPECTED = {
    # Nothing was announced. A killed daemon tries nothing again by itself after its start; a printer that is not ready
    # gets nothing; a restarted cupsd is a moment's obstacle and the same attempt goes on.
    "before prepare": (NOT_SENT, PRINTED, PRINTED, NOT_SENT, NOT_SENT, NOT_SENT, NOT_SENT, NOT_SENT),
    # Announced without a byte: the same.
    "after prepare": (NOT_SENT, PRINTED, PRINTED, NOT_SENT, NOT_SENT, NOT_SENT, NOT_SENT, NOT_SENT),
    # Bytes are out. The backend outlives the daemon and a killed cupsd; a cupsd that ends kills its backends.
    "mid-data": (PRINTED, UNKNOWN, PRINTED, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    "after data": (PRINTED, UNKNOWN, PRINTED, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    # The printer has said so: whatever breaks afterwards, it is on paper.
    "after echo": (PRINTED, HEARD_OR_NOT, PRINTED, PRINTED, PRINTED, PRINTED, PRINTED, PRINTED),
}


# Beside the forty: what passes by itself or is mended while the slip waits, and what else printers do.
MORE = {
    ("after prepare", "paper out, in again"): PRINTED,
    ("mid-data", "paper out, in again"): PRINTED,
    ("mid-data", "cover opened, closed again"): PRINTED,
    ("mid-data", "slow head"): PRINTED,
    ("after data", "cutter jams"): UNKNOWN,
    ("after data", "power cycle, buffer kept"): UNKNOWN,
    ("after data", "answers turn to garbage"): UNKNOWN,
    ("after prepare", "answers turn to garbage"): NOT_SENT,
    ("after prepare", "no answers any more"): NOT_SENT,
}


def expected(moment, fault):
    """The words that the slip's state may be."""
    if (moment, fault) in MORE:
        return MORE[moment, fault]
    return EXPECTED[moment][FAULTS.index(fault)]


class Moment:
    """Brings one slip to its moment and lets it go on from there."""

    def __init__(self, world, name, fault):
        self.world, self.name, self.fault = world, name, fault
        self.point = {"before prepare": "before-prepare", "after prepare": "after-prepare"}.get(name)
        # Here the daemon has its evidence and has not written it down yet.
        if name == "after echo" and fault == "daemon killed":
            self.point = "before-outcome"
        self.mark = world.printer.mark()

    def arm(self):
        if self.point:
            self.world.arm(self.point)
        if self.name == "mid-data":
            self.world.printer.tell(f"stall after {MID_BYTES} bytes")
        if self.name == "after data":
            self.world.printer.tell(f"hold head after {MID_ROWS} rows")

    def reach(self):
        if self.point:
            self.world.reached(self.point)
        elif self.name == "mid-data":
            self.world.printer.wait("stalled", self.mark)
        elif self.name == "after data":
            self.world.printer.wait("slip-received", self.mark)
            self.world.printer.wait("stopped", self.mark)
        else:
            self.world.printer.wait("echo", self.mark)

    def release(self):
        self.world.disarm()
        if self.fault == "stall":
            return
        if self.name == "mid-data":
            self.world.printer.tell("go")
        if self.name == "after data":
            self.world.printer.tell("release")


def strike(world, moment, fault):
    """Breaks something, and lets the slip go on into it."""
    printer = world.printer
    if fault not in FAULTS:
        return strike_more(world, moment, fault)
    has_bytes = moment.name not in ("before prepare", "after prepare")
    if fault == "daemon killed":
        world.kill()
    elif fault in ("cupsd TERM", "cupsd KILL"):
        world.stop_cups(kill=fault == "cupsd KILL")
    elif fault == "printer reset":
        # Before the first byte no connection can be broken, so the printer breaks the next one.
        printer.tell("reset" if has_bytes else "reset after 0 bytes")
    elif fault == "stall":
        printer.tell("stall")
    elif fault == "paper out":
        printer.tell("paper out")
    elif fault == "cover":
        printer.tell("cover open")
    else:
        printer.tell("power off")
    moment.release()
    if fault == "daemon killed":
        world.start()
    elif fault in ("cupsd TERM", "cupsd KILL"):
        world.start_cups()
    elif fault == "power cycle" and has_bytes:
        printer.tell("power on lose buffer")


def strike_more(world, moment, fault):
    printer = world.printer
    sentences = {
        "paper out, in again": ("paper out", "paper in"), "cover opened, closed again": ("cover open", "cover close"),
        "slow head": ("slow 300 rows/s", None), "cutter jams": ("cutter broken", None),
        "power cycle, buffer kept": ("power off", "power on keep buffer"),
        "answers turn to garbage": ("answers garbage", None), "no answers any more": ("answers none", None),
    }
    breaks, mends = sentences[fault]
    printer.tell(breaks)
    moment.release()
    if not mends:
        return
    # Mended only when it has done harm: the whole slip lies before the obstacle, or the hall has told of it.
    if moment.name == "mid-data":
        printer.wait("slip-received", moment.mark)
    elif moment.name == "after prepare":
        eventually("the hall tells of it", world.faults)
    printer.tell(mends)
