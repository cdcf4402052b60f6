import Foundation
import Hall
import Logging
import Ports
import Testing
import TestKit

@testable import Desks

/// Goal: calls are spoken with the right words, and rendered once. Method: the words as text, the sound as bytes: its
/// format, its length, and that another number gives another sound. The sound itself is not checked by ear.
@Suite("speech")
struct SpeechTests {
  let logger = Logger.quiet

  func call(_ number: String, _ window: Int, _ language: Announcement.Language = .mandarin) throws -> Announcement {
    Announcement(number: try #require(TicketNumber(number)), window: window, language: language)
  }

  @Test(
    "the number is said digit by digit, the window as a number",
    arguments: [
      ("A042", 3, "qing3 ei1 ling2 si4 er4 hao4, dao4 san1 hao4 chuang1 kou3 ban4 li3"),
      ("E001", 12, "qing3 yi4 ling2 ling2 yi1 hao4, dao4 shi2 er4 hao4 chuang1 kou3 ban4 li3"),
      ("A1000", 20, "qing3 ei1 yi1 ling2 ling2 ling2 hao4, dao4 er4 shi2 hao4 chuang1 kou3 ban4 li3"),
      ("W9999", 99, "qing3 da1 bu4 liu2 jiu3 jiu3 jiu3 jiu3 hao4, dao4 jiu3 shi2 jiu3 hao4 chuang1 kou3 ban4 li3"),
      ("W999", 35, "qing3 da1 bu4 liu2 jiu3 jiu3 jiu3 hao4, dao4 san1 shi2 wu3 hao4 chuang1 kou3 ban4 li3"),
    ])
  func mandarin(number: String, window: Int, sentence: String) throws {
    #expect(try call(number, window).sentence == sentence)
  }

  @Test("in a training 演练 is said before everything else")
  func training() throws {
    for (language, first) in [(Announcement.Language.mandarin, "yan3 lian4, qing3 "), (.english, "training, ay ")] {
      var called = try call("A042", 3, language)
      let usual = called.sentence
      called.isTraining = true
      #expect(called.sentence.hasPrefix(first) && called.sentence.hasSuffix(usual))
    }
  }

  @Test(
    "in English as well",
    arguments: [
      ("A042", 3, "ay zero four two, please go to window three"),
      ("B110", 12, "B one one zero, please go to window twelve"),
      ("B110", 40, "B one one zero, please go to window forty"),
      ("B110", 99, "B one one zero, please go to window ninety nine"),
      ("W9999", 99, "W nine nine nine nine, please go to window ninety nine"),
    ])
  func english(number: String, window: Int, sentence: String) throws {
    #expect(try call(number, window, .english).sentence == sentence)
  }

  @Test("every lane's letter has a name in Mandarin")
  func letters() throws {
    for ascii in UInt8(65)...90 {
      let letter = String(UnicodeScalar(ascii))
      guard LaneLetter(letter) != nil else { continue }
      let word = try call("\(letter)001", 1).words[1]
      #expect(word.clip == letter)
      #expect(word.spelling.contains(/^[a-z]+[1-4]( [a-z]+[1-4])*$/), "\(letter) is \(word.spelling)")
    }
  }

  @Test("the set of clips to record stays within sixty a language")
  func clipCount() throws {
    for language in [Announcement.Language.mandarin, .english] {
      var clips: Set<String> = []
      for window in 1...99 {
        for ascii in UInt8(65)...90 where LaneLetter(String(UnicodeScalar(ascii))) != nil {
          for digits in ["012", "345", "678", "9999"] {
            clips.formUnion(try call("\(UnicodeScalar(ascii))\(digits)", window, language).words.map(\.clip))
          }
        }
      }
      #expect(clips.count <= 60, "\(clips.count) clips in \(language)")
    }
  }

  @Test("espeak-ng speaks a sentence of some seconds, and other words sound otherwise")
  func spoken() async throws {
    let desk = SpeechDesk(patienceMilliseconds: 300_000, logger: logger)
    var sounds: [WaveSound] = []
    for announcement in [try call("A042", 3), try call("A043", 3), try call("A042", 3, .english)] {
      let file = try #require(await desk.wave(announcement), "espeak-ng is installed where tests run")
      let sound = try #require(WaveSound(file))
      #expect(sound.channels == 1)
      #expect(sound.bitsPerSample == 16)
      #expect(sound.rate >= 16_000)
      #expect((1_500...12_000).contains(sound.duration), "\(sound.duration) ms")
      #expect(sound.samples.contains { $0 != 0 })
      #expect(sound.file == file)
      sounds.append(sound)
    }
    #expect(Set(sounds).count == 3)
    #expect(await desk.wave(try call("A042", 3)) == sounds[0].file)
  }

  @Test("a screen's text is read in its language, once for all who ask; nothing of it is an option of the program")
  func read() async throws {
    let desk = ScreenReader(patienceMilliseconds: 300_000, logger: logger)
    var sounds: Set<[UInt8]> = []
    for (text, language) in [
      ("请按办事取号", Announcement.Language.mandarin), ("居民身份证，原件 1 份", .mandarin), ("Take a number", .english),
      ("--version", .english), ("[[h@loU]] <b>\u{7}", .english),
    ] {
      let reading = Reading(text: text, language: language)
      let file = try #require(await desk.wave(reading), "espeak-ng is installed where tests run: \(text)")
      #expect(try #require(WaveSound(file)).duration > 300, "\(text)")
      #expect(await desk.wave(reading) == file)
      sounds.insert(file)
    }
    #expect(sounds.count == 5)
    #expect(Reading(text: "[[x]]\u{7}y", language: .english).spoken == "x y")
    #expect(Reading(text: String(repeating: "长", count: 999), language: .mandarin).spoken.count == Reading.longest)
    #expect(await desk.wave(Reading(text: " \u{0} ", language: .mandarin)) == nil)
    #expect(
      await ScreenReader(synthesiser: "/bin/false", logger: logger).wave(Reading(text: "字", language: .mandarin)) == nil
    )
  }

  @Test("a hall without a synthesiser is silent")
  func silent() async throws {
    for program in ["/nonexistent/espeak-ng", "/bin/false", "/bin/true"] {
      let desk = SpeechDesk(synthesiser: program, logger: logger)
      #expect(await desk.wave(try call("A042", 3)) == nil)
    }
  }

  @Test("recorded words come first, one after the other; a missing or a strange clip leaves it to the synthesiser")
  func clips() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "clips-\(UInt64.random(in: .min ... .max))")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("zh"), withIntermediateDirectories: true)
    // 16-bit mono, 8,000 frames a second.
    let format: [UInt8] = [1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0]
    let announcement = try call("A042", 12)
    for (index, clip) in Set(announcement.words.map(\.clip)).sorted().enumerated() {
      let sound = WaveSound(format: format, samples: [UInt8](repeating: UInt8(index + 1), count: 1600))
      try Data(sound.file).write(to: folder.appendingPathComponent("zh/\(clip).wav"))
    }
    let desk = SpeechDesk(clips: folder.path, synthesiser: "/nonexistent", logger: logger)
    let file = try #require(await desk.wave(announcement))
    let sound = try #require(WaveSound(file))
    #expect(sound.format == format)
    #expect(sound.samples.count == 1600 * announcement.words.count)
    // 3 was not recorded.
    #expect(await desk.wave(try call("A043", 12)) == nil)
    let strange = WaveSound(format: format.replacing([0x40, 0x1F], with: [0x80, 0x3E]), samples: [0, 0])
    try Data(strange.file).write(to: folder.appendingPathComponent("zh/3.wav"))
    #expect(await desk.wave(try call("A043", 12)) == nil)
  }

  @Test("what is no WAV file is none", arguments: [[], Array("RIFF".utf8), [UInt8](repeating: 0, count: 100)])
  func noWave(bytes: [UInt8]) { #expect(WaveSound(bytes) == nil) }

  @Test("lengths that a pipe left open are cut to what came")
  func openLengths() throws {
    let format: [UInt8] = [1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0]
    var file = WaveSound(format: format, samples: [1, 2, 3, 4]).file
    file.replaceSubrange(4..<8, with: [0xFF, 0xFF, 0xFF, 0x7F])
    file.replaceSubrange(40..<44, with: [0, 0xF0, 0xFF, 0x7F])
    #expect(WaveSound(file + [9])?.samples == [1, 2, 3, 4])
  }
}
