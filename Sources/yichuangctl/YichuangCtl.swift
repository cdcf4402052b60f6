import ArgumentParser
import Groundwork
import Logging

/// The operator's tool.
@main
struct YichuangCtl: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yichuangctl",
    abstract: "Looks after a service hall: its daemon, its journal, its printers.",
    discussion: """
      Every command takes --json and ends with a status of sysexits.h: 0 done, 1 the hall said no, 64 usage, 65 the journal or a dump \
      is not whole, 69 no daemon or no paper, 73-75 folder, disk, taken, 78 files to mend.
      """,
    version: ProductVersion.current,
    subcommands: [
      HallSetupCommand.self, StatusCommand.self, VerifyCommand.self, HeadCommand.self, OrderCommand.self,
      BackupCommand.self,
      RestoreCommand.self,
      AcceptJournalCommand.self,
      DayCommand.self, ReloadCommand.self, HashSecretCommand.self, BadgeCommand.self, PrinterCommand.self,
      CatalogueCommand.self, ReservationsCommand.self,
      DueCommand.self, TLSCommand.self, DoorCommand.self, BoardCommand.self, ScreenCommand.self, AuditCommand.self,
      SettingsCommand.self, DecodeCommand.self, DevicesCommand.self, UpdateCommand.self, DoctorCommand.self,
      FirewallCommand.self, USBCommand.self, TrainingReportCommand.self, SharedCommand.self,
    ])

  static func main() async {
    // The tool prints one answer; log lines of libraries are suppressed.
    LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
    await main(nil)
  }
}
