import Glibc

extension SerialLine {
  /// Sets a terminal to raw mode, eight bits without parity, with this speed and flow control.
  func apply(to descriptor: Int32) throws(LinkFault) {
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { throw .unreachable("no serial line: errno \(errno)") }
    cfmakeraw(&settings)
    guard let speed = Self.speeds[baud] else { throw .unreachable("no speed \(baud)") }
    cfsetspeed(&settings, speed)
    settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
    settings.c_cflag &= ~tcflag_t(CSTOPB)
    let hardware = tcflag_t(CRTSCTS)
    settings.c_cflag = flow == .rtscts ? settings.c_cflag | hardware : settings.c_cflag & ~hardware
    // The printer may stop us. Our side never stops it, because its answers contain neither character.
    settings.c_iflag = flow == .xonxoff ? settings.c_iflag | tcflag_t(IXON) : settings.c_iflag & ~tcflag_t(IXON)
    guard tcsetattr(descriptor, TCSANOW, &settings) == 0 else { throw .unreachable("serial line: errno \(errno)") }
  }

  private static let speeds: [Int: speed_t] = [
    1_200: speed_t(B1200), 2_400: speed_t(B2400), 4_800: speed_t(B4800), 9_600: speed_t(B9600),
    19_200: speed_t(B19200), 38_400: speed_t(B38400), 57_600: speed_t(B57600), 115_200: speed_t(B115200),
    230_400: speed_t(B230400),
  ]
}
