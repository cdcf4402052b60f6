import CMalloc

/// How glibc keeps freed memory.
enum Heap {
  /// By its own rules every thread that draws gets an arena, and a picture's surface of some megabytes that was freed raises the size from which
  /// memory is given back to the system: after an hour of notices a hundred megabytes lay in holes. Two arenas, and whatever is as large as a
  /// surface goes back at once.
  static func prepare() {
    mallopt(M_ARENA_MAX, 2)
    mallopt(M_MMAP_THRESHOLD, 256 << 10)
    mallopt(M_TRIM_THRESHOLD, 1 << 20)
  }
}
