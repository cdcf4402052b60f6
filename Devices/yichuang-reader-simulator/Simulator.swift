import Glibc

/// Card readers and scanners below an unmodified libusb: told by lines on its standard input what hands do, it tells by lines
/// of JSON on its standard output what becomes of it. It ends with its standard input.
///
///     umockdev-wrapper yichuang-reader-simulator
///
/// Its first line names the folder to set UMOCKDEV_DIR to; `Script` lists the sentences. Each is answered by `done` or
/// `not-understood`, when it is done.
@main
enum Simulator {
  static func main() {
    signal(SIGPIPE, SIG_IGN)
    guard getenv("LD_PRELOAD").map({ String(cString: $0).contains("umockdev-preload") }) ?? false else {
      let words = Array("yichuang-reader-simulator: start it with umockdev-wrapper\n".utf8)
      _ = write(STDERR_FILENO, words, words.count)
      exit(64)
    }
    let bed = Bed()
    let script = Script(bed: bed)
    Report.write("listening", nil, [("root", bed.root)])
    while let line = readLine() {
      for name in bed.takeVanished() { _ = bed.unplug(name) }
      if line.isEmpty { continue }
      Report.write(script.perform(line) ? "done" : "not-understood", nil, [("line", String(line.prefix(200)))])
    }
    bed.close()
  }
}
