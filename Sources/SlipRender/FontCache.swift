import CPangoCairo

/// The fonts of the renderer: one Pango font map over one private fontconfig configuration.
///
/// Not `Sendable`: a font map belongs to one thread at a time (Pango manual, “Threads”), and the renderer's actor
/// confines it to one.
final class FontCache {
  let files: FontFiles
  private let configuration: OpaquePointer
  private let map: UnsafeMutablePointer<PangoFontMap>
  /// Characters looked up one by one so far, and whether a font has them.
  private var known: [Unicode.Scalar: Bool] = [:]
  /// The layout used for looking them up; reused, because making one takes longer than a lookup.
  private var probe: OpaquePointer?
  /// The context of every layout; reused likewise.
  private var shared: OpaquePointer?
  /// Prepared texts and their line breaks. The same few hundred texts recur, and preparing takes longer than laying
  /// them out.
  private var drawable: [String: String] = [:]
  private var broken: [Broken: [String]] = [:]

  /// The key of a line-breaking result: text, size and width.
  struct Broken: Hashable {
    let text: String
    let size: Int
    let bold: Bool
    let width: Int
  }

  init(_ files: FontFiles) throws(SlipRenderFault) {
    guard let configuration = FcConfigCreate() else { throw .drawingFailed(during: "FcConfigCreate") }
    let parsed = FcConfigParseAndLoadFromMemory(configuration, files.configuration, FcTrue)
    guard parsed == FcTrue, FcConfigBuildFonts(configuration) == FcTrue,
      let map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)
    else {
      FcConfigDestroy(configuration)
      throw .drawingFailed(during: "FcConfigBuildFonts")
    }
    pango_fc_font_map_set_config(OpaquePointer(map), configuration)
    self.files = files
    self.configuration = configuration
    self.map = map
    let first = files.families.first ?? ""
    guard identities.contains(where: { $0.hasPrefix(first + " ") }) else {
      throw .fontMissing(family: first, folders: files.folders)
    }
  }

  deinit {
    if let probe { g_object_unref(UnsafeMutableRawPointer(probe)) }
    if let shared { g_object_unref(UnsafeMutableRawPointer(shared)) }
    g_object_unref(map)
    FcConfigDestroy(configuration)
  }

  /// File, size of the font's own version number (16.16 fixed) and family of each face of the wanted families.
  var identities: [String] {
    guard let set = FcConfigGetFonts(configuration, FcSetSystem) else { return [] }
    var found: Set<String> = []
    for index in 0..<Int(set.pointee.nfont) {
      guard let pattern = set.pointee.fonts[index] else { continue }
      var family: UnsafeMutablePointer<FcChar8>?
      var file: UnsafeMutablePointer<FcChar8>?
      var version: Int32 = 0
      guard FcPatternGetString(pattern, FC_FAMILY, 0, &family) == FcResultMatch, let family,
        FcPatternGetString(pattern, FC_FILE, 0, &file) == FcResultMatch, let file,
        FcPatternGetInteger(pattern, FC_FONTVERSION, 0, &version) == FcResultMatch
      else { continue }
      let name = String(cString: family)
      guard files.families.contains(name) else { continue }
      let leaf = String(cString: file).split(separator: "/").last.map(String.init) ?? ""
      found.insert("\(name) \(leaf) \(version)")
    }
    return found.sorted()
  }

  /// `text` as it may reach a layout, with joiners where no line may break.
  func drawable(_ text: String) -> String {
    if let known = drawable[text] { return known }
    let made = DrawableText.joined(DrawableText.clean(text, draws: draws))
    if drawable.count >= Self.mostTexts { drawable.removeAll(keepingCapacity: true) }
    drawable[text] = made
    return made
  }

  /// The lines of a text; `find` computes them on the first request.
  func parts(_ key: Broken, _ find: () throws(SlipRenderFault) -> [String]) throws(SlipRenderFault) -> [String] {
    if let known = broken[key] { return known }
    let found = try find()
    if broken.count >= Self.mostTexts { broken.removeAll(keepingCapacity: true) }
    broken[key] = found
    return found
  }

  /// Entries, each some hundred bytes. The limit protects against a flood of generated texts.
  private static let mostTexts = 4096

  /// A context whose letters are laid out in whole dots.
  func context() -> OpaquePointer? {
    if shared == nil { shared = makeContext() }
    return shared
  }

  private func makeContext() -> OpaquePointer? {
    guard let context = pango_font_map_create_context(map) else { return nil }
    let options = cairo_font_options_create()
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    pango_cairo_context_set_resolution(context, 72)
    // The language picks mainland shapes of shared characters and the line-breaking tailoring.
    pango_context_set_language(context, pango_language_from_string("zh-cn"))
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
    return context
  }

  /// True when one of the fonts has a glyph for `scalar`.
  func draws(_ scalar: Unicode.Scalar) -> Bool {
    if let answer = known[scalar] { return answer }
    if probe == nil { probe = makeProbe() }
    guard let probe else { return false }
    pango_layout_set_text(probe, String(Character(scalar)), -1)
    let answer = pango_layout_get_unknown_glyphs_count(probe) == 0
    // A hall uses a few thousand characters. The limit protects against a flood of generated ones.
    if known.count >= 65_536 { known.removeAll() }
    known[scalar] = answer
    return answer
  }

  private func makeProbe() -> OpaquePointer? {
    guard let context = context() else { return nil }
    let layout = pango_layout_new(context)
    let description = makeDescription(size: 32, bold: false)
    pango_layout_set_font_description(layout, description)
    pango_font_description_free(description)
    return layout
  }

  /// - Parameter size: dots of the em square.
  func makeDescription(size: Int, bold: Bool) -> OpaquePointer? {
    let description = pango_font_description_new()
    pango_font_description_set_family(description, files.families.joined(separator: ","))
    pango_font_description_set_absolute_size(description, Double(size) * Double(PANGO_SCALE))
    pango_font_description_set_weight(description, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    return description
  }
}
