import Glibc

/// The entry that this process fuzzes, named by YICHUANG_FUZZ.
private let entry: Entry = {
  let name = getenv("YICHUANG_FUZZ").map { String(cString: $0) } ?? ""
  guard let entry = entries[name] else { preconditionFailure("YICHUANG_FUZZ names no entry: \(name)") }
  return entry
}()

/// libFuzzer calls this for each input.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  entry(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
