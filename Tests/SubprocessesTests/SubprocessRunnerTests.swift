import Glibc
import Subprocesses
import Testing

@Suite("Programs that are run to their end")
struct SubprocessRunnerTests {
  let runner = SubprocessRunner()

  func shell(
    _ script: String, reading streams: SubprocessRunner.Streams = .standardOutput, limit: Int = 10_000
  ) async -> Result<[UInt8], SubprocessRunner.Fault> {
    await runner.output(of: "/bin/sh", ["-c", script], reading: streams, limit: limit, within: 600_000)
  }

  @Test("what a program writes comes back, and how it failed")
  func outputs() async {
    #expect(await runner.output(of: "/bin/echo", ["a"], limit: 2, within: 600_000) == .success([97, 10]))
    #expect(await shell("echo a; echo b >&2") == .success([97, 10]))
    #expect(await shell("echo a; echo b >&2", reading: .both) == .success([97, 10, 98, 10]))
    #expect(await shell("echo a; exit 3") == .failure(.exited(3, [97, 10])))
    #expect(await shell("kill -9 $$") == .failure(.killed(9)))
    guard case .failure(.notStarted) = await runner.output(of: "/nonexistent/program", [], limit: 1, within: 600_000)
    else {
      Issue.record("a program that is not there was started")
      return
    }
  }

  @Test("a program that hangs or floods is killed")
  func bounds() async {
    #expect(await runner.output(of: "/bin/sleep", ["600"], limit: 10, within: 50) == .failure(.tooLong))
    #expect(await shell("exec yes", limit: 100_000) == .failure(.tooMuch))
    #expect(await shell("trap '' TERM; exec yes", limit: 100_000) == .failure(.tooMuch))
  }

  @Test("nothing of this process reaches a program: no standard input, no environment, no descriptor")
  func isolation() async {
    #expect(
      await shell("cat; env | grep -v -e '^PWD=' -e '^SHLVL=' -e '^_=' | sort")
        == .success(
          Array(
            "LANG=C.UTF-8\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n".utf8)))
    // A descriptor that would stay open across exec.
    let descriptor = dup(1)
    defer { close(descriptor) }
    #expect(fcntl(descriptor, F_GETFD) == 0)
    #expect(await shell("ls /proc/$$/fd") == .success(Array("0\n1\n2\n".utf8)))
  }

  @Test("one runs at a time")
  func serial() async throws {
    let folder = "/tmp/subprocesses-\(UInt64.random(in: .min ... .max))"
    // A second one beside it would find the folder and fail.
    await withTaskGroup(of: Result<[UInt8], SubprocessRunner.Fault>.self) { group in
      for _ in 0..<8 { group.addTask { await shell("mkdir \(folder) && rmdir \(folder)") } }
      for await result in group { #expect(result == .success([])) }
    }
  }
}
