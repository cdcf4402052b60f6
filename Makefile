# Every target works from a clean clone on a fresh Debian machine with Swift on it.

# The demo hall's state; `make run STATE=DIR` keeps it elsewhere.
STATE ?= .build/demo
# The demo's hall: town or village. A hall of another kind has a state folder of its own.
HALL ?= town
ifeq ($(HALL),village)
STATE = .build/demo-village
endif

# `make run PORT=n`: the kiosk's page on this port of the loopback interface, consoles and boards on the next one.
PORT ?= 7310

# `make run CROWD=n`: invented residents and clerks beside the demo, n times as fast as in a hall.
CROWD ?=

# `make run TRAINING=1`: a training (演练) beside the demo of another terminal, at 127.0.0.2 and the ports after its own.
TRAINING ?=
ifneq ($(TRAINING),)
PORT = 7320
endif

# The seed that `make sim` replays.
SEED ?= 1

# How long `make fuzz` works at each parser, and `make soak`.
SECONDS ?= 60
SOAK_SECONDS ?= 600

# How often `make soak` kills the daemon, cuts its file system off, and cuts a whole machine off.
KILLS ?= 500
CUTS ?= 200
MACHINE_CUTS ?= 50
# Passes of the failures between machines, and for how long anything fails there.
ROUNDS ?= 10
MINUTES ?= 60

.PHONY: help run test soak test-flood deb test-connections test-package test-print-matrix test-threads test-usb-kernel test-kills test-fs-cuts \
  test-machine-cuts test-call-faults test-memory test-years test-failover test-browser test-slips test-appliance test-whole-machine check lint bench golden sim fuzz clean

help:
	@echo 'make run     set up, build, and open the demo hall (no hardware, no configuration)'
	@echo 'make run PORT=8310   the same on other ports (8310 and 8311)'
	@echo 'make run CROWD=1   with invented residents, 80 a day, and clerks; CROWD=10: ten times as fast'
	@echo 'make run TRAINING=1   a training (演练) beside a demo that was started before: own folder, own address, nothing counts'
	@echo 'make run HALL=village   a village station: no queue, two directories, one printer'
	@echo 'make test    set up and run every test'
	@echo 'make soak    what takes a night: fuzzing, a flood, the whole matrix, threads, a real kernel, kills, cuts, faults of calls, memory'
	@echo 'make test-connections   half an hour: connections in floods at each listener while people work'
	@echo 'make test-flood   an hour at twenty times the peak of a hall'
	@echo 'make test-print-matrix   ten rounds of the crash matrix of printing'
	@echo 'make test-threads   the reader process under the thread sanitizer'
	@echo 'make test-usb-kernel   readers and scanners on a real kernel in QEMU'
	@echo 'make test-kills KILLS=n   500 kills of the daemon'
	@echo 'make test-fs-cuts CUTS=n   200 cuts of its file system'
	@echo 'make test-machine-cuts MACHINE_CUTS=n   50 cuts of a whole machine in QEMU'
	@echo 'make test-call-faults   every call that writes fails in turn, in every way'
	@echo 'make test-memory   every table full, against MemoryMax'
	@echo 'make test-years   five years of journal, and ready in two seconds'
	@echo 'make test-failover ROUNDS=n MINUTES=n   10 passes of the failures of several machines, an hour of any of them'
	@echo 'make test-browser   the pages in the whole browser of a kiosk; make test has its engine alone'
	@echo 'make test-slips   every slip read back, fresh, blurred and faded; make test has one of the three for each'
	@echo 'make test-package   the Debian package on a bare Debian: install, upgrade, remove, purge'
	@echo 'make test-appliance   opening day: bare Debian, package, setup, a first number, a clerk on another computer'
	@echo 'make test-whole-machine CUTS=n   the same in QEMU, on a disk of its own, with a USB printer and a finger on its own screen; 10 power cuts, an update cut off, a second machine'
	@echo 'make deb     the Debian package of a release build, in .build/deb'
	@echo 'make check   lint and the fast tests, for while you edit'
	@echo 'make lint    format, house rules, units'
	@echo 'make bench   measure a release build'
	@echo 'make golden  rewrite the golden slips; read the diff'
	@echo 'make sim SEED=n   replay one simulated day'
	@echo 'make fuzz SECONDS=n   every parser of what devices say, with libFuzzer'
	@echo 'make clean   remove everything that was built'

run:
	@packaging/setup build demo
	@[ -x .build/debug/yichuangd ] || echo 'The first build takes several minutes; the next ones take seconds.'
	swift build
	@mkdir -p $(STATE) && chmod 700 $(STATE)
	@$(if $(CROWD),packaging/demo-crowd --pace $(CROWD) --kiosk-port $(PORT) --hall-port $$(($(PORT) + 1)) & trap "kill $$!" EXIT INT TERM;) \
	  .build/debug/yichuangd --demo $(if $(TRAINING),--training) --hall $(HALL) --state $(STATE) --kiosk-port $(PORT) --hall-port $$(($(PORT) + 1))

test:
	@packaging/setup
	@Tests/run

# One after the other; a part that fails does not keep the others from being run.
soak:
	@status=0; for part in "fuzz SECONDS=$(SOAK_SECONDS)" test-flood test-connections test-print-matrix test-threads test-package test-appliance test-whole-machine \
	  test-usb-kernel test-kills test-fs-cuts test-machine-cuts test-call-faults test-memory test-years test-failover test-browser test-slips; do \
	  $(MAKE) --no-print-directory $$part || status=1; done; exit $$status

# Several machines: ten passes of the matrix of failures with all its controls, two servers with their manager, and an hour in which anything fails.
test-failover:
	@packaging/setup build demo test failover
	swift build
	@ROUNDS=$(ROUNDS) MINUTES=$(MINUTES) Tests/failover/run .

# Every slip read back in every wear; make test reads each in one.
test-slips:
	@packaging/setup
	swift build --build-tests
	YICHUANG_READ_ALL=1 swift test --skip-build --filter ReadingTests

# The pages in the whole browser that a kiosk has.
test-browser:
	@packaging/setup
	swift build
	@CHROMIUM=/usr/bin/chromium Tests/browser/run

test-flood:
	@packaging/setup
	swift build
	@Tests/soak/flood

test-connections:
	@packaging/setup
	swift build
	@Tests/soak/connections

test-threads:
	@packaging/setup
	@Tests/readers/threads

test-print-matrix:
	@packaging/setup
	swift build
	@Tests/print-matrix/run --rounds 10

test-usb-kernel:
	@packaging/setup build demo test usb-kernel
	swift build
	@Tests/usb-kernel/run

deb:
	@packaging/setup build deb
	swift build -c release
	@packaging/make-deb

test-package:
	@packaging/setup build demo test deb
	swift build -c release
	@Tests/package/run

test-appliance:
	@packaging/setup build demo test deb
	swift build
	@Tests/appliance/run

test-whole-machine:
	@packaging/setup build demo test deb usb-kernel
	swift build -c release
	@$(if $(filter file,$(origin CUTS)),,CUTS=$(CUTS)) Tests/whole-machine/run

test-kills:
	@packaging/setup
	swift build
	@Tests/durability/kills --rounds $(KILLS)

test-fs-cuts:
	@packaging/setup
	swift build
	@Tests/durability/fs-cuts --cuts $(CUTS)

test-machine-cuts:
	@packaging/setup build demo test usb-kernel
	swift build
	@Tests/soak/machine-cuts --cuts $(MACHINE_CUTS)

test-call-faults:
	@packaging/setup
	swift build
	@Tests/soak/call-faults

test-memory:
	@packaging/setup
	swift build
	@Tests/soak/memory

# A release build, because a start is measured.
test-years:
	@packaging/setup
	swift build -c release
	@YICHUANG_BUILD=$(CURDIR)/.build/release Tests/soak/years

check:
	@packaging/setup
	@Tests/run --fast

lint:
	@packaging/setup build test
	@Tests/lint
	swift test --filter '^HouseTests\.'

bench:
	@packaging/setup build demo test bench
	swift build -c release
	@Benchmarks/run

golden:
	@packaging/setup build demo
	YICHUANG_GOLDEN=rewrite swift test --filter '^SlipsTests\.'
	@git status --short Tests

sim:
	@packaging/setup build
	YICHUANG_SIM_SEED=$(SEED) swift test --filter 'SimulationTests.*replay'

fuzz:
	@packaging/setup build
	@Tests/fuzz/run $(SECONDS)

clean:
	rm -rf .build
