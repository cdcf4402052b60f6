import Glibc

/// Card readers and scanners below an unmodified libusb. It takes script lines on standard input and reports events as
/// lines of JSON on standard output. It ends with its standard input.
///
///     umockdev-wrapper yichuang-reader-simulator      a simulated kernel; the first line names the folder for UMOCKDEV_DIR
///     yichuang-reader-simulator --kernel              the running kernel, through vhci_hcd; needs root
///
/// `Script` lists the commands. Each is answered by `done` or `not-understood`, when it is done.
@main
enum Simulator {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    let bed = CommandLine.arguments.dropFirst() == ["--kernel"] ? kernel() : emulated()
    let script = Script(bed: bed)
    Report.write("listening", nil, bed.greeting)
    while let line = readLine() {
      for name in bed.takeVanished() { _ = bed.unplug(name) }
      if line.isEmpty { continue }
      Report.write(script.perform(line) ? "done" : "not-understood", nil, [("line", String(line.prefix(200)))])
    }
    bed.close()
  }

  private static func kernel() -> any ReaderTestbed {
    guard let bed = KernelTestbed() else { stop("needs root and the kernel's vhci_hcd (modprobe vhci-hcd)", 69) }
    return bed
  }

  private static func emulated() -> any ReaderTestbed {
    guard CommandLine.arguments.count == 1,
      getenv("LD_PRELOAD").map({ String(cString: $0).contains("umockdev-preload") }) ?? false
    else { stop("start it with umockdev-wrapper, or with --kernel", 64) }
    return Testbed()
  }

  private static func stop(_ reason: String, _ status: Int32) -> Never {
    let words = Array("yichuang-reader-simulator: \(reason)\n".utf8)
    _ = write(STDERR_FILENO, words, words.count)
    exit(status)
  }
}
