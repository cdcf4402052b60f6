import Subprocesses

/// espeak-ng, one process per text, one after the other.
struct Espeak: Sendable {
  /// The program's path.
  let path: String
  let wordsPerMinute: Int
  let patienceMilliseconds: Int64
  private let programs = SubprocessRunner()

  init(path: String, wordsPerMinute: Int, patienceMilliseconds: Int64) {
    self.path = path
    self.wordsPerMinute = wordsPerMinute
    self.patienceMilliseconds = patienceMilliseconds
  }

  /// - Parameter voice: a name from `espeak-ng --voices`.
  func sound(_ text: String, voice: String) async -> Result<WaveSound, Silence> {
    // After `--` no text is parsed as an option.
    let output = await programs.output(
      of: path, ["-v", voice, "-s", "\(wordsPerMinute)", "--stdout", "--", text], limit: WaveSound.longest,
      within: patienceMilliseconds)
    switch output {
    case .success(let bytes):
      guard let sound = WaveSound(bytes), sound.duration > 0 else { return .failure(Silence(why: "no sound came out")) }
      return .success(sound)
    case .failure(let fault): return .failure(Silence(why: "\(fault)"))
    }
  }
}
