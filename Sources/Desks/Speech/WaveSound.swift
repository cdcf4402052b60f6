/// A WAV file: uncompressed PCM in one `data` chunk.
///
/// Source: Multimedia Programming Interface and Data Specifications 1.0 (IBM and Microsoft, 1991), chapter 3, "Waveform
/// Audio File Format".
package struct WaveSound: Hashable, Sendable {
  /// The `fmt ` chunk: channels, rate and sample width. Sounds with equal ones can be joined.
  package let format: [UInt8]
  package let samples: [UInt8]

  /// The longest sound that is accepted, in bytes of samples: two minutes of 48 kHz stereo.
  package static let longest = 24_000_000

  package init(format: [UInt8], samples: [UInt8]) {
    self.format = format
    self.samples = samples
  }

  /// Parses a file; nil when it is not a WAV file, is compressed, or ends within a sample.
  ///
  /// A length beyond the end of the file is cut to it: a synthesiser that writes to a pipe cannot seek back to set its
  /// lengths.
  package init?(_ file: [UInt8]) {
    guard file.count >= 12, file.count <= Self.longest, Self.tag(file, 0) == "RIFF", Self.tag(file, 8) == "WAVE" else {
      return nil
    }
    var format: [UInt8]?
    var samples: [UInt8]?
    var offset = 12
    while offset + 8 <= file.count, samples == nil {
      let start = offset + 8
      let end = min(file.count, start + Self.little(file, offset + 4))
      switch Self.tag(file, offset) {
      case "fmt ": format = Array(file[start..<end])
      case "data": samples = Array(file[start..<end])
      default: break
      }
      offset = end + (end - start) % 2
    }
    guard let format, let samples, format.count >= 16, Self.little16(format, 0) == 1 else { return nil }
    let frame = Self.little16(format, 12)
    guard frame > 0, Self.little(format, 4) > 0 else { return nil }
    self.format = Array(format.prefix(16))
    self.samples = Array(samples.prefix(samples.count / frame * frame))
  }

  /// Joins sounds of one format; nil when there is none or the formats differ.
  package init?(joining sounds: [WaveSound]) {
    guard let first = sounds.first, sounds.allSatisfy({ $0.format == first.format }) else { return nil }
    format = first.format
    samples = sounds.flatMap(\.samples)
  }

  package var channels: Int { Self.little16(format, 2) }
  /// Frames a second.
  package var rate: Int { Self.little(format, 4) }
  package var bitsPerSample: Int { Self.little16(format, 14) }
  /// Milliseconds.
  package var duration: Int { samples.count / max(1, Self.little16(format, 12)) * 1000 / max(1, rate) }

  /// The whole file, with correct lengths.
  package var file: [UInt8] {
    let padding = samples.count % 2
    return Array("RIFF".utf8) + Self.bytes(4 + 8 + format.count + 8 + samples.count + padding) + Array("WAVE".utf8)
      + Array("fmt ".utf8) + Self.bytes(format.count) + format
      + Array("data".utf8) + Self.bytes(samples.count) + samples + Array(repeating: 0, count: padding)
  }

  private static func tag(_ bytes: [UInt8], _ offset: Int) -> String {
    String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
  }

  private static func little(_ bytes: [UInt8], _ offset: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << ($1 * 8) }
  }

  private static func little16(_ bytes: [UInt8], _ offset: Int) -> Int {
    Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
  }

  private static func bytes(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
}
